import type { Delivery } from '../../platform/delivery.ts';
import { loadRule } from '../alert-rule-store.ts';
import { changeMessage } from '../change-message.ts';
import { type ComposingApp, composeMessage } from '../compose-message.ts';
import { placeOf } from '../deliver-notification.ts';
import { isInSlack } from '../destination.ts';
import type { ShownChart } from '../incident-message.ts';
import { addressOf, keepChart, loadNotifications } from '../notification-store.ts';
import type { IncidentChartJob } from './chart-job.ts';
import { beginIncidentChart } from './chart-job-store.ts';
import { incidentChartRange } from './incident-chart-range.ts';
import type { ChartApp } from './send-rule-chart.ts';
import { type ShownMessage, shownMessage } from './shown-message.ts';
import { uploadChart } from './upload-chart.ts';
import { type WaitingApp, whenShown } from './when-shown.ts';
import { type ChartEnd, type TakenChartJob, workOnChartJob } from './work-on-chart-job.ts';

/** What giving messages their charts needs of the outside world. */
export type IncidentChartApp = ChartApp & ComposingApp & WaitingApp;

/** Another change can only come as often as the rule is looked at: more is not by accident. */
const mostChanges = 3;

interface Work extends Pick<TakenChartJob, 'slack'> {
  readonly job: IncidentChartJob;
}

/**
 * Draws the chart of an incident onto the message that tells of it, which stands in its channel already; once, however often
 * the job comes:
 *
 *     taken → drawn → uploaded → its id stored → message changed → kept with the message → stored as sent
 *                                                     └ then looked again: told of another change meanwhile? → changed once more
 *
 * The newest change of a message draws its chart; what comes too late does nothing. Without a chart the message stays as it is.
 * @throws UnavailableError, SlackBusyError, SlackUncertainError when it is worth trying again later
 */
export async function sendIncidentChart(
  app: IncidentChartApp,
  job: IncidentChartJob,
  delivery: Delivery,
): Promise<void> {
  const seen = await beginIncidentChart(app, job, app.clock.now());
  const without = (reason: unknown) => goesWithout(app, job, reason);
  await workOnChartJob(app, { seen, delivery }, (taken) => show(app, job, taken), without);
}

/** A message without its chart says all that it has to say. */
function goesWithout(app: IncidentChartApp, { organization, incident }: IncidentChartJob, reason: unknown): 'refused' {
  app.log.warn('an incident is shown without a chart', { organization, incident, reason: String(reason) });
  return 'refused';
}

async function show(app: IncidentChartApp, job: IncidentChartJob, taken: TakenChartJob): Promise<ChartEnd> {
  const { seen, slack } = taken;
  const work = { job, slack };
  const shown = await lookAgain(app, job);
  if (shown === undefined) return 'obsolete';
  if (shown.isNewer) {
    // An earlier attempt may have written over what was told meanwhile.
    if (seen.mayBePosted) await bringUpToDate(app, work, shown, shown.message.chart);
    return 'obsolete';
  }
  const drawn = await draw(app, work, shown, seen.fileId);
  if (typeof drawn === 'string') return drawn;
  await taken.keepFile(drawn.fileId);
  await whenShown(app, () => bringUpToDate(app, work, shown, drawn));
  await keepChart(app, addressOf(shown.message), { ...drawn, change: job.change });
  await checkAgain(app, work, shown);
  return 'sent';
}

/** Whoever told of another change while the message was written may have come first: then it says that once more. */
async function checkAgain(app: IncidentChartApp, work: Work, written: ShownMessage): Promise<void> {
  let last = written;
  for (let round = 0; round < mostChanges; round += 1) {
    const shown = await lookAgain(app, work.job);
    if (shown === undefined || shown.newest.change === last.newest.change) return;
    await bringUpToDate(app, work, shown, shown.message.chart);
    last = shown;
  }
}

async function lookAgain(
  app: IncidentChartApp,
  { organization, incident, change, target }: IncidentChartJob,
): Promise<ShownMessage | undefined> {
  const all = await loadNotifications(app, { organization, incident });
  const ofTarget = all.filter((one) => one.target === target);
  return shownMessage(change, ofTarget);
}

async function bringUpToDate(
  app: IncidentChartApp,
  { slack }: Work,
  { message: shownOn, newest }: ShownMessage,
  chart: ShownChart | undefined,
): Promise<void> {
  const place = placeOf(shownOn);
  const { destination } = newest;
  if (place === undefined || !isInSlack(destination)) return;
  const message = await composeMessage(app, newest, destination);
  if (message === undefined) return;
  const isNew = chart !== undefined && chart.fileId !== shownOn.chart?.fileId;
  if (isNew) await slack.updateMessage(destination.teamId, place, message({ chart }));
  else await changeMessage({ slack }, destination.teamId, { place, message, chart });
}

/** The picture at Slack, where nobody sees it yet; or why there is none. */
async function draw(
  app: IncidentChartApp,
  { job, slack }: Work,
  { newest }: ShownMessage,
  fileId: string | undefined,
): Promise<ShownChart | 'refused' | 'obsolete'> {
  const { destination, subject, ending } = newest;
  const rule = ending === undefined ? await loadRule(app, subject.ruleId) : undefined;
  // What the rule is now, or is no more, is not what the incident was about.
  if (rule === undefined || !isInSlack(destination)) return 'obsolete';
  const range = incidentChartRange(subject, app.clock.now());
  const { teamId } = destination;
  const drawn = await uploadChart(app, { rule, range, slack, teamId, name: `incident-${job.incident}.png`, fileId });
  return 'missing' in drawn ? goesWithout(app, job, drawn.missing) : drawn;
}
