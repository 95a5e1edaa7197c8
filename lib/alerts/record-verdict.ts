import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../platform/app.ts';
import { UnavailableError } from '../platform/errors.ts';
import { loadLastIdentifier } from './incident-store.ts';
import { messages } from './messages.ts';
import { addressOf } from './notification-store.ts';
import type { Verdict } from './plan-evaluation.ts';
import { closeIncident, type Occasion, openIncident, type Transition } from './plan-transition.ts';
import type { NotificationAddress } from './queue-messages.ts';
import type { RuleState } from './rule-state-store.ts';
import { saveEvaluation } from './save-evaluation.ts';

/** What recording needs of the outside world. */
export type RecordingApp = Pick<App, 'table'> & {
  /** Lets time pass; the machine's own timer by default. */
  readonly wait?: (milliseconds: number) => Promise<void>;
};

/** A Lambda that evaluates has a minute: so long in all it waits for its turn to number an incident. */
const patienceMs = 15_000;
const longestPauseMs = 800;

/** What a verdict is recorded with. */
export interface Recording {
  readonly before: RuleState;
  /** The next state, but for what the transition changes in it. */
  readonly next: RuleState;
  readonly verdict: Verdict;
  readonly occasion: Occasion;
}

/**
 * Writes what a verdict comes to, and says whom to tell; undefined when the rule's state is another by now. All rules of
 * an organization number their incidents with one counter, and each can only take the number after the last: whoever
 * comes too late pauses for a time of its own and takes the next.
 * @throws UnavailableError when others keep taking the numbers.
 */
export async function recordVerdict(
  app: RecordingApp,
  recording: Recording,
): Promise<NotificationAddress[] | undefined> {
  const { before, next, verdict, occasion } = recording;
  const wait = app.wait ?? delay;
  let waitedMs = 0;
  for (let attempt = 1; ; attempt += 1) {
    const transition = await planTransition(app, before, verdict, occasion);
    const told = (transition?.notifications ?? []).map(addressOf);
    const changed = transition && { incident: transition.kept, unconfirmed: [...next.unconfirmed, ...told] };
    const outcome = await saveEvaluation(app, { before, next: { ...next, ...changed } }, transition);
    if (outcome === 'saved') return told;
    if (outcome === 'state-changed') return undefined;
    const pauseMs = Math.min(longestPauseMs, 25 * 2 ** attempt) * Math.random();
    waitedMs += pauseMs;
    if (waitedMs > patienceMs) throw new UnavailableError(messages.numbersContended, 1);
    await wait(pauseMs);
  }
}

async function planTransition(
  app: RecordingApp,
  before: RuleState,
  { transition }: Verdict,
  occasion: Occasion,
): Promise<Transition | undefined> {
  if (transition === 'close' && before.incident !== null) return closeIncident(occasion, before.incident);
  if (transition !== 'open') return undefined;
  return openIncident(occasion, (await loadLastIdentifier(app, before.organization)) + 1);
}
