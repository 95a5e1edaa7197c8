import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../platform/app.ts';
import { UnavailableError } from '../platform/errors.ts';
import { loadLastIdentifier } from './incident-store.ts';
import type { Judged } from './judge-update.ts';
import { messages } from './messages.ts';
import { addressOf } from './notification-store.ts';
import { type Occasion, planTransition } from './plan-transition.ts';
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

/** What a judgement that changes the status is recorded with. */
export interface Recording {
  /** The state as it is stored. */
  readonly before: RuleState;
  /** The incident that is open, if one is. */
  readonly open: RuleState['incident'];
  /** The next state, but for what the transition changes in it. */
  readonly next: RuleState;
  readonly judged: Judged;
  readonly occasion: Occasion;
}

/** The state that was written, and whom to tell. */
export interface Recorded {
  readonly state: RuleState;
  readonly told: readonly NotificationAddress[];
}

/**
 * Writes what a change of status comes to; undefined when the rule's state is another by now. All rules of an organization
 * number their incidents with one counter, and each can only take the number after the last: whoever comes too late pauses
 * for a time of its own and takes the next.
 * @throws UnavailableError when others keep taking the numbers.
 */
export async function recordTransition(app: RecordingApp, recording: Recording): Promise<Recorded | undefined> {
  const { before, open, next, judged, occasion } = recording;
  const wait = app.wait ?? delay;
  let waitedMs = 0;
  for (let attempt = 1; ; attempt += 1) {
    const identifier = open?.identifier ?? (await loadLastIdentifier(app, before.organization)) + 1;
    const transition = planTransition(occasion, open, judged, identifier);
    const told = transition.notifications.filter((one) => one.state === 'pending').map(addressOf);
    const state = { ...next, incident: transition.kept, unconfirmed: [...next.unconfirmed, ...told] };
    const outcome = await saveEvaluation(app, { before, next: state }, transition);
    if (outcome === 'saved') return { state, told };
    if (outcome === 'state-changed') return undefined;
    const pauseMs = Math.min(longestPauseMs, 25 * 2 ** attempt) * Math.random();
    waitedMs += pauseMs;
    if (waitedMs > patienceMs) throw new UnavailableError(messages.numbersContended, 1);
    await wait(pauseMs);
  }
}
