import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import { UnavailableError } from '../../platform/errors.ts';
import { findActiveWorkspace, type MessagePlace, postOnce, type Slack } from '../../slack/index.ts';
import { whenShown } from '../charts/when-shown.ts';
import { describeWindow } from '../describe-duration.ts';
import { type DescribedRule, type DigestReadingApp, describeRules } from './describe-rules.ts';
import { type DigestMessageInput, digestMessage } from './digest-message.ts';
import { nextOccurrence } from './digest-schedule.ts';
import type { DigestSending } from './digest-sending-store.ts';
import type { Digest } from './digest-store.ts';
import { type DrawingApp, drawCharts } from './draw-charts.ts';
import { digestMessages as messages } from './messages.ts';
import { findRulesInReach } from './reached-digest.ts';

/** What posting a digest needs of the outside world. */
export type PostingDigestApp = DigestReadingApp &
  DrawingApp & {
    readonly slack: Slack;
    /** Lets time pass; the machine's own timer by default. */
    readonly wait?: (milliseconds: number) => Promise<void>;
  };

/** That there is nothing to post, and why; `isOver` when it stays so. */
export interface NothingPosted {
  readonly error: { readonly code: string; readonly detail: string };
  readonly isOver: boolean;
}

/** A sending that was taken, and as it was before. */
export interface TakenSending {
  readonly taken: DigestSending;
  readonly seen: DigestSending;
  readonly remainingMs: number;
}

/** What a digest of ours is marked as. */
const eventType = 'postflow_digest';
/** Posting, and waiting until Slack shows the charts, takes some time in the end. */
const keptForPostingMs = 25_000;
/** The schedule runs every minute, and the queue takes some seconds: only what is older than this is late. */
const lateAfterMs = 600_000;

/**
 * Posts what a digest says at the time of a sending. Charts that cannot be drawn or shown are left out.
 * @throws SlackRefusedError, SlackBusyError, SlackUncertainError
 */
export async function postDigest(
  app: PostingDigestApp,
  digest: Digest,
  { taken, seen, remainingMs }: TakenSending,
): Promise<MessagePlace | NothingPosted> {
  const { organization, periodSeconds, channel } = digest;
  const endsMs = app.clock.now() + remainingMs;
  const [workspace, rules] = await Promise.all([
    findActiveWorkspace(app, { organization, teamId: channel.teamId }),
    findRulesInReach(app, { organization }, digest.ruleIds),
  ]);
  if (workspace === undefined) {
    return { error: { code: 'workspace_gone', detail: messages.workspaceGone }, isOver: false };
  }
  if (rules.length === 0) return { error: { code: 'no_rules', detail: messages.noRules }, isOver: true };
  const untilMs = Date.parse(taken.scheduledAt);
  const described = await describeRules(app, rules, { untilMs, periodSeconds });
  const charts = await drawCharts(
    app,
    { ...{ slack: app.slack, teamId: channel.teamId }, mayGoOn: () => app.clock.now() + keptForPostingMs < endsMs },
    described.map(({ chart }) => chart),
  );
  const said = inputOf(app, digest, taken, described);
  const posting = (withCharts: boolean) => ({
    channel: channel.channelId,
    message: digestMessage(withCharts ? said(charts) : said(described.map(() => undefined))),
    mark: { eventType, id: `${digest.id}/${taken.scheduledAt}/${taken.reason}` },
  });
  const firstTriedAt = seen.mayBePosted ? seen.firstClaimedAt : undefined;
  const post = (withCharts: boolean) => postOnce(app, channel.teamId, { posting: posting(withCharts), firstTriedAt });
  if (charts.every((chart) => chart === undefined)) return post(false);
  try {
    return await whenShown(app, () => post(true));
  } catch (error) {
    // The numbers are worth more than their pictures.
    if (!(error instanceof UnavailableError)) throw error;
    return post(false);
  }
}

function inputOf(
  app: Pick<App, 'clock'>,
  digest: Digest,
  { scheduledAt, reason }: DigestSending,
  described: readonly DescribedRule[],
) {
  const { name, ruleIds, periodSeconds } = digest;
  const untilMs = Date.parse(scheduledAt);
  const nowMs = app.clock.now();
  const next = digest.enabled ? nextOccurrence(digest, Math.max(untilMs, nowMs)) : undefined;
  const isLate = reason === 'schedule' && nowMs - untilMs > lateAfterMs;
  return (charts: readonly DigestMessageInput['sections'][number]['chart'][]): DigestMessageInput => ({
    name,
    period: describeWindow(periodSeconds),
    from: isoTime(untilMs - periodSeconds * 1_000),
    until: scheduledAt,
    lateSince: isLate ? scheduledAt : undefined,
    next: next === undefined ? undefined : isoTime(next),
    rulesGone: ruleIds.length - described.length,
    chartsMissing: described.some(({ chart }, index) => chart !== undefined && charts[index] === undefined),
    sections: described.map(({ section }, index) => ({ ...section, chart: charts[index] })),
  });
}
