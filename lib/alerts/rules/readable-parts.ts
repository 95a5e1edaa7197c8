import type * as z from 'zod';
import type { Faults } from './check-thresholds.ts';
import { type ActionBody, type AlertRuleBody, actionBody, mostActions, mostTriggers } from './rule-body.ts';

/** What can be read of a body of which some fields cannot. */
export interface ReadableParts {
  readonly body: Partial<AlertRuleBody>;
  /** The names of the other fields. */
  readonly wrong: ReadonlySet<string>;
}

/** Reads each field of a body by itself; of triggers that are wrong, what is left of them. */
export function readableParts(schema: z.ZodObject, sent: unknown): ReadableParts {
  const fields: Readonly<Record<string, unknown>> = typeof sent === 'object' && sent !== null ? { ...sent } : {};
  const body: Record<string, unknown> = {};
  const wrong = new Set<string>();
  for (const [name, field] of Object.entries(schema.shape)) {
    const { success, data } = (field as z.ZodType).safeParse(fields[name]);
    if (success) body[name] = data;
    else wrong.add(name);
  }
  if (wrong.has('triggers') && Array.isArray(fields['triggers'])) body['triggers'] = restOfTriggers(fields['triggers']);
  return { body, wrong };
}

/** Harmless values: nothing is wrong with them, whatever the other fields are. */
const standIns = {
  name: '-',
  aggregate: 'count()',
  timeWindow: 60,
  thresholdType: 0,
  triggers: [{ label: 'critical', alertThreshold: 0 }],
} as const;

/**
 * What `check` finds wrong with a body of which some fields cannot be read: as far as it does not depend on these, for which
 * something harmless stands in. They themselves have been spoken of.
 */
export async function checkReadable(
  { body, wrong }: ReadableParts,
  check: (body: AlertRuleBody) => Promise<Faults>,
): Promise<Faults> {
  const { triggers = standIns.triggers } = body;
  const readable = Object.fromEntries(Object.entries(body).filter(([name]) => !wrong.has(name)));
  const comparable = !['thresholdType', 'comparisonDelta', 'triggers'].some((name) => wrong.has(name));
  const faults = await check({
    ...standIns,
    ...readable,
    triggers: comparable ? [...triggers] : triggers.map((trigger) => ({ ...trigger, alertThreshold: 0 })),
    ...(!comparable && { resolveThreshold: null }),
    ...(wrong.has('aggregate') && { queryType: null, dataset: null }),
  });
  return Object.fromEntries(Object.entries(faults).filter(([name]) => name === 'triggers' || !wrong.has(name)));
}

/** Labels and actions can be judged whatever the thresholds are; a label that is none was spoken of. */
function restOfTriggers(sent: readonly unknown[]): AlertRuleBody['triggers'] {
  return sent.slice(0, mostTriggers + 1).map((one, index) => {
    const { label, actions } = (one ?? {}) as { readonly label?: unknown; readonly actions?: unknown };
    const usual = index === 0 ? 'critical' : 'warning';
    return { label: typeof label === 'string' ? label : usual, alertThreshold: 0, actions: restOfActions(actions) };
  });
}

function restOfActions(sent: unknown): ActionBody[] {
  if (!Array.isArray(sent)) return [];
  return sent.slice(0, mostActions).flatMap((one) => actionBody.safeParse(one).data ?? []);
}
