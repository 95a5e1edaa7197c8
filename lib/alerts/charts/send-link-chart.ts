import type { Delivery } from '../../platform/delivery.ts';
import { unlessOutOfReach } from '../../platform/unless-out-of-reach.ts';
import { findActiveWorkspace } from '../../slack/index.ts';
import { boxOfAlert, lookAtAlert, type SeenAlert, type ShowAlertApp } from '../show-alert.ts';
import type { LinkChartJob } from './chart-job.ts';
import { beginLinkChart, type StoredChartJob } from './chart-job-store.ts';
import { type ChartRange, incidentChartRange } from './incident-chart-range.ts';
import type { ChartApp } from './send-rule-chart.ts';
import { uploadChart } from './upload-chart.ts';
import { type WaitingApp, whenShown } from './when-shown.ts';
import { type ChartEnd, isForGood, type TakenChartJob, workOnChartJob } from './work-on-chart-job.ts';

/** What giving links their charts needs of the outside world. */
export type LinkChartApp = ChartApp & ShowAlertApp & WaitingApp;

/** What is told of a rule of which there is nothing to tell. */
const quietMs = 86_400_000;

/**
 * Draws the chart of a rule, or of the incident that is told of, below the link to it that somebody shared, where it is told in
 * words already; it is drawn once, however often the job comes:
 *
 *     taken → drawn → uploaded → its id stored → shown once more, with the picture → stored as sent
 *
 * Slack replaces what it shows below the same link, so that doing the last step twice changes nothing. Without a chart the words stay.
 * @throws UnavailableError, SlackBusyError, SlackUncertainError when it is worth trying again later
 */
export async function sendLinkChart(app: LinkChartApp, job: LinkChartJob, delivery: Delivery): Promise<void> {
  const seen = await beginLinkChart(app, job, app.clock.now());
  const without = (reason: unknown): ChartEnd => {
    const { organization, ruleId } = job;
    app.log.warn('a link to a rule is shown without a chart', { organization, ruleId, reason: String(reason) });
    return 'refused';
  };
  if (seen?.state === 'sent') return showAgain(app, { job, seen, delivery, without });
  await workOnChartJob(app, { seen, delivery }, (work) => show(app, { job, work, without }), without);
}

/** A job that comes again may mean that the link was told in words once more, after a crash: that takes the picture away. */
async function showAgain(
  app: LinkChartApp,
  {
    delivery,
    seen,
    ...showing
  }: Omit<Showing, 'work'> & { readonly seen: StoredChartJob; readonly delivery: Delivery },
): Promise<void> {
  const work = { seen, slack: app.slack.within(delivery.remainingMs), keepFile: async () => {} };
  try {
    await show(app, { ...showing, work });
  } catch (error) {
    if (!isForGood(error, delivery)) throw error;
    showing.without(error);
  }
}

interface Showing {
  readonly job: LinkChartJob;
  readonly work: TakenChartJob;
  readonly without: (reason: unknown) => ChartEnd;
}

async function show(app: LinkChartApp, { job, work, without }: Showing): Promise<ChartEnd> {
  const { teamId, channelId, messageTs, url } = job;
  const { seen, slack } = work;
  const [workspace, alert] = await Promise.all([findActiveWorkspace(app, job), lookAgain(app, job)]);
  // What cannot be read is not drawn, either.
  if (workspace === undefined || alert === undefined || alert.blind !== undefined) return 'obsolete';
  const { rule } = alert;
  const range = rangeOf(alert, app.clock.now());
  const chart = await uploadChart(app, {
    rule,
    range,
    slack,
    teamId,
    name: `rule-${rule.id}.png`,
    fileId: seen.fileId,
  });
  if ('missing' in chart) return without(chart.missing);
  await work.keepFile(chart.fileId);
  const boxes = { [url]: boxOfAlert(app, alert, chart) };
  await whenShown(app, () => slack.unfurl(teamId, { channel: channelId, ts: messageTs }, boxes));
  return 'sent';
}

/** Who shared the link may have left, or may not see the rule any more: then nothing is added. */
function lookAgain(
  app: LinkChartApp,
  { organization, userId, ruleId, incident }: LinkChartJob,
): Promise<SeenAlert | undefined> {
  return unlessOutOfReach(lookAtAlert(app, { caller: { organization, userId }, ruleId, incident }));
}

function rangeOf({ rule, incident }: SeenAlert, nowMs: number): ChartRange {
  if (incident === undefined) return { fromMs: nowMs - quietMs, untilMs: nowMs };
  return incidentChartRange({ ...incident, windowSeconds: rule.windowSeconds }, nowMs);
}
