import * as z from 'zod';
import { type Condition, ConditionFailedError, type Key, type Table } from '../../platform/table.ts';
import type { Extremes, FoldMemory } from '../fold-memory.ts';

const storedExtremes = z.object({
  lo: z.number().optional(),
  hi: z.number().optional(),
  last: z.number().optional(),
  lastAt: z.number().optional(),
});

/**
 * Has a bucket's smallest and largest values, and the latest, cover these. As often as you like and in any order: what is
 * stored only ever grows. A write that would change nothing is left out where the process knows that.
 */
export async function coverExtremes(
  app: { readonly metricsTable: Table; readonly memory: FoldMemory },
  key: Key,
  extremes: Extremes,
): Promise<void> {
  const { extremes: known } = app.memory;
  const name = `${key.pk}\n${key.sk}`;
  const before = known.get(name);
  let covering = before === undefined ? extremes : joined(before, extremes);
  if (before !== undefined && isSame(covering, before)) return;
  // What stands there is only learned by being refused. Every turn covers it, so that another one is needed only when
  // somebody else has stretched the bucket in between.
  for (;;) {
    try {
      await app.metricsTable.update(key, setTo(covering), unlessBeyond(covering));
      break;
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      const [stands] = error.failed;
      // A bucket that is not kept any more is not begun anew.
      if (typeof stands !== 'object') return;
      const stored = storedExtremes.parse(stands);
      const { lo, hi, last, lastAt } = stored;
      const there = { lo: lo ?? covering.lo, hi: hi ?? covering.hi, last, lastAt };
      covering = joined(there, covering);
      if (isSame(covering, there)) break;
    }
  }
  known.set(name, covering);
}

function joined(one: Extremes, other: Extremes): Extremes {
  const latest = isLater(other, one) ? other : one;
  return {
    lo: Math.min(one.lo, other.lo),
    hi: Math.max(one.hi, other.hi),
    ...(latest.lastAt !== undefined && { last: latest.last, lastAt: latest.lastAt }),
  };
}

/** Of values of the same time the larger one is the latest, so that every order gives the same. */
function isLater(one: Extremes, other: Extremes): boolean {
  if (one.lastAt === undefined || other.lastAt === undefined) return one.lastAt !== undefined;
  return one.lastAt > other.lastAt || (one.lastAt === other.lastAt && (one.last ?? 0) > (other.last ?? 0));
}

function isSame(one: Extremes, other: Extremes): boolean {
  return one.lo === other.lo && one.hi === other.hi && one.last === other.last && one.lastAt === other.lastAt;
}

function setTo({ lo, hi, last, lastAt }: Extremes): Condition {
  const names = { '#lo': 'lo', '#hi': 'hi' };
  const values = { ':lo': lo, ':hi': hi };
  if (lastAt === undefined) return { expression: 'SET #lo = :lo, #hi = :hi', names, values };
  return {
    expression: 'SET #lo = :lo, #hi = :hi, #last = :last, #lastAt = :lastAt',
    names: { ...names, '#last': 'last', '#lastAt': 'lastAt' },
    values: { ...values, ':last': last, ':lastAt': lastAt },
  };
}

function unlessBeyond({ lastAt }: Extremes): Condition {
  const range =
    'attribute_exists(pk) AND (attribute_not_exists(#lo) OR #lo >= :lo) AND (attribute_not_exists(#hi) OR #hi <= :hi)';
  const latest = '(attribute_not_exists(#lastAt) OR #lastAt < :lastAt OR (#lastAt = :lastAt AND #last <= :last))';
  return { expression: lastAt === undefined ? range : `${range} AND ${latest}` };
}
