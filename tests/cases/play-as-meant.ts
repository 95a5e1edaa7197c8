import { AssertionError } from 'node:assert/strict';
import type { Case } from './case.ts';

type Expected = Record<string, unknown>;

/**
 * Plays a case; when it comes out otherwise than expected, once more with each thing that we decided otherwise. Gives the
 * reason then. @throws AssertionError when nothing explains it
 */
export async function playAsMeant(
  { upstream_defect: isDefect }: Case,
  play: (expected: Expected) => Promise<void>,
  {
    then,
    deviations,
  }: { readonly then: Expected; readonly deviations: () => readonly { reason: string; then: Expected }[] },
): Promise<string | undefined> {
  try {
    await play(then);
    return undefined;
  } catch (error) {
    if (!(error instanceof AssertionError) || isDefect === true) throw error;
    for (const deviation of deviations()) {
      await play(deviation.then);
      return deviation.reason;
    }
    throw error;
  }
}
