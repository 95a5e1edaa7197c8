import { callApp, isTaken, problemOf } from '../call-app.ts';
import type { SlackState } from '../state.ts';
import { actionPayload, type PressedButton } from './action-payload.ts';

/** What came of pressing a button, as `POST /__local/slack/action` answers. */
export interface PressOutcome {
  readonly ok: boolean;
  /** The HTTP status of the app's answer; null when none came. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly error?: string;
  readonly responseUrl: string;
}

/** Tells the app that a button was pressed; what it does about it, it does later. */
export async function pressButton(state: SlackState, pressed: PressedButton): Promise<PressOutcome> {
  const { stored, blockId, actionId, responseUrl } = pressed;
  const url = state.app.actionUrl();
  const payload = JSON.stringify(actionPayload(state, pressed));
  const call = await callApp(state, {
    url,
    body: new URLSearchParams({ payload }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const place = { team: stored.team, channel: stored.message.channel, ts: stored.message.ts, blockId, actionId };
  const problem = isTaken(call) ? undefined : problemOf(call, url);
  state.troubles.set(place, problem);
  const status = 'reply' in call ? call.reply.status : null;
  const outcome = { ok: problem === undefined, status, durationMs: call.durationMs, responseUrl };
  if (problem === undefined) return outcome;
  const error = 'reply' in call ? 'http_error' : call.failure;
  state.refusals.add({ at: state.clock(), what: `the button ${actionId}`, error, problems: [problem] });
  return { ...outcome, error: `${problem} (${error})` };
}
