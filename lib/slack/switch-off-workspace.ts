import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { saveSwitchedOff } from './workspace-changes-store.ts';
import type { SwitchOffReason } from './workspace-store.ts';

/** What Slack told of a workspace: why nothing works there any more, and since when (seconds, as the event says). */
export interface WorkspaceLoss {
  readonly teamId: string;
  readonly reason: Exclude<SwitchOffReason, 'disconnected'>;
  readonly eventTime: number;
}

/**
 * Switches a workspace off whose app or token was removed in Slack, and forgets its tokens. Which organizations use it, who is who
 * and which team has which channel stays, so that installing the app again brings everything back. Events can come late and
 * twice: one from before the last installation says nothing about it and is ignored, as is one for a workspace that is off.
 *
 *     removed (event 1) ── installed again ── event 1 arrives: ignored
 *
 * @returns whether it was switched off now
 */
export async function switchOffWorkspace(app: Pick<App, 'table'>, loss: WorkspaceLoss): Promise<boolean> {
  const { teamId, reason, eventTime } = loss;
  return saveSwitchedOff(app, { teamId, reason, at: isoTime(eventTime * 1_000) });
}

/** Whether a `tokens_revoked` event is about this bot, and not only about people who signed in, or a bot of before. */
export function revokesBot(
  tokens: { readonly bot?: readonly string[] | undefined; readonly oauth?: readonly string[] | undefined },
  botUserId: string,
): boolean {
  return tokens.bot?.includes(botUserId) === true;
}
