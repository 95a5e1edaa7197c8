import type { ChartJob, IncidentApp } from '../../lib/alerts/index.ts';
import { type MemberProfile, reachLookup } from '../../lib/organizations/index.ts';
import type { Queue } from '../../lib/platform/queue.ts';
import { outside, type Press, type Slack } from '../../lib/slack/index.ts';
import type { BaseApp } from '../middleware/start-app.ts';
import { messages } from './messages.ts';
import type { PressedButtons } from './press-payload.ts';

/** What buttons need of the outside world. */
export type PressApp = BaseApp &
  IncidentApp & {
    readonly slack: Slack;
    /** Our own address for people, without a slash at the end. */
    readonly publicUrl: string;
    /** The slash command, with its slash. */
    readonly command: string;
    readonly docsUrl: string;
    /** Where charts are asked for. */
    readonly charts: Queue<ChartJob>;
  };

/** A press by somebody whom we know, and where it happened. */
export interface PressScene {
  readonly press: Press;
  readonly member: MemberProfile;
  readonly teamId: string;
  readonly slackUserId: string;
  readonly payload: PressedButtons;
}

/** What the person reaches in the organization that the button names. */
export function reachOf({ press, member }: PressScene): ReturnType<typeof reachLookup> {
  return reachLookup({ organization: press.organization, userId: member.userId });
}

/** Somebody by name, harmless in a message. */
export function named(name: string): string {
  return outside(name, 80) || messages.somebody;
}

/** A time as Slack shows it to each reader. */
export function shownTime(isoTime: string): string {
  const fallback = `${isoTime.slice(0, 10)} ${isoTime.slice(11, 16)} UTC`;
  return messages.time(Math.floor(Date.parse(isoTime) / 1_000), fallback);
}
