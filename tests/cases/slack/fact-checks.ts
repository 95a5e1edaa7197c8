import * as z from 'zod';
import { holds, same } from '../releases/compare.ts';
import { type Check, type Checks, check } from './checks.ts';

const exactly = (key: string): Check => check(z.unknown(), ({ facts }, expected) => same(facts[key], expected));

/** What is known without looking any further. */
export const factChecks: Checks = {
  signature: exactly('signature'),
  signature_base: exactly('signature_base'),
  type: exactly('type'),
  args: check(z.unknown(), ({ facts }, expected) => holds(facts['args'], expected)),
  /** Null where nothing is refused. */
  error_status: check(z.int().nullable(), ({ answers }, expected) => same(answers.at(-1)?.status, expected ?? 200)),
  /** Nothing that somebody would have to look into. */
  logged: check(z.null(), ({ world }) =>
    same(
      world.app.lines.filter(({ level }) => level === 'error'),
      [],
    ),
  ),
};
