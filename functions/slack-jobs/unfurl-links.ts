import { type LinkChartJob, showAlert } from '../../lib/alerts/index.ts';
import { showIssue } from '../../lib/issues/index.ts';
import { mapLimited } from '../../lib/platform/map-limited.ts';
import { unlessOutOfReach } from '../../lib/platform/unless-out-of-reach.ts';
import { type ReleaseJson, readRelease } from '../../lib/releases/index.ts';
import {
  issueCard,
  type MatchedLink,
  type MessageBox,
  matchLink,
  promptToLink,
  readSharer,
  releaseCard,
  type SlackJobOf,
  SlackRefusedError,
} from '../../lib/slack/index.ts';
import { issueCardOf } from '../middleware/issue-card-of.ts';
import { issueViewer } from '../middleware/issue-viewer.ts';
import { personInSlack, type WorkerApp } from './worker-app.ts';

const boxesAtATime = 4;
/** A message with more links than these is a list, and each picture takes a second to draw. */
const mostCharts = 5;
const failure = 'integrations.slack.event_endpoint.failure.unfurl';

/**
 * Shows below a message what its links lead to, all of them with one call; alerts get their charts a moment later.
 *
 * What is shown there is read by everybody in the channel, most of whom we do not know. So it takes somebody who may show
 * it: the one who shared the link has to be linked, and to reach the project themselves; and only organizations that the
 * workspace serves are shown at all. Who is not linked is told how to be, once and alone, and nothing is shown.
 */
export async function unfurlLinks(app: WorkerApp, job: SlackJobOf<'links-shared'>): Promise<void> {
  const links = differentLinks(job.links, app.publicUrl);
  const sharer = links.size === 0 ? undefined : await readSharer(app, job);
  if (sharer === undefined) return;
  const here = [...links].filter(([, { organization }]) => sharer.organizations.has(organization));
  if (here.length === 0) return;
  const { userId } = sharer;
  if (userId === undefined) return promptToLink(app, job);
  const shown = await mapLimited(
    here,
    boxesAtATime,
    async ([url, link]) => [url, await unlessOutOfReach(boxOf(app, link, userId))] as const,
  );
  const boxes = Object.fromEntries(shown.flatMap(([url, box]) => (box === undefined ? [] : [[url, box]])));
  if (Object.keys(boxes).length === 0) return;
  try {
    await app.slack.unfurl(job.teamId, { channel: job.channelId, ts: job.messageTs }, boxes);
  } catch (error) {
    if (!(error instanceof SlackRefusedError)) throw error;
    app.metrics.count(failure);
    app.log.warn('Slack refused to show links', { slackError: error.slackError, team: job.teamId });
    return;
  }
  await askForCharts(app, { job, userId }, new Map(here.filter(([url]) => url in boxes)));
}

/** The words stand there by now; pictures take some seconds more. */
async function askForCharts(
  app: Pick<WorkerApp, 'charts'>,
  { job, userId }: { readonly job: SlackJobOf<'links-shared'>; readonly userId: string },
  links: ReadonlyMap<string, MatchedLink>,
): Promise<void> {
  const { teamId, channelId, messageTs, eventId } = job;
  const place = { teamId, channelId, messageTs, eventId, userId };
  const wanted = [...links].flatMap(([url, link]): LinkChartJob[] => {
    if (link.kind !== 'alert') return [];
    const { organization, ruleId, incident } = link;
    return [{ kind: 'link-chart', ...place, organization, ruleId, ...(incident !== undefined && { incident }), url }];
  });
  if (wanted.length > 0) await app.charts.send(wanted.slice(0, mostCharts));
}

/** What the links lead to, by the link as it was written; of several to the very same the first. */
function differentLinks(written: readonly string[], publicUrl: string): ReadonlyMap<string, MatchedLink> {
  const links = new Map<string, MatchedLink>();
  const seen = new Set<string>();
  for (const url of written) {
    const link = matchLink(url, publicUrl);
    const name = JSON.stringify(link);
    if (link === undefined || seen.has(name)) continue;
    seen.add(name);
    links.set(url, link);
  }
  return links;
}

/** What a link leads to. @throws RefusalError when it is not for the person to see */
async function boxOf(app: WorkerApp, link: MatchedLink, userId: string): Promise<MessageBox | undefined> {
  const caller = personInSlack(link.organization, userId);
  switch (link.kind) {
    case 'alert':
      return await showAlert(app, { caller, ruleId: link.ruleId, incident: link.incident });
    case 'issue':
      return await issueBox(app, link, userId);
    case 'release': {
      const { organization, version } = link;
      return releaseBox(app.publicUrl, organization, await readRelease(app, { caller, organization, version }));
    }
  }
}

async function issueBox(
  app: WorkerApp,
  { organization, issueId }: Extract<MatchedLink, { readonly kind: 'issue' }>,
  userId: string,
): Promise<MessageBox> {
  const viewer = issueViewer(app, personInSlack(organization, userId));
  const issue = await showIssue(app, { organization, issue: issueId, viewer });
  return issueCard(issueCardOf(issue, { publicUrl: app.publicUrl, organization }));
}

function releaseBox(publicUrl: string, organization: string, release: ReleaseJson): MessageBox {
  const { version, projects, dateReleased, dateCreated, commitCount, authors, lastDeploy } = release;
  return releaseCard({
    version,
    link: `${publicUrl}/organizations/${organization}/releases/${encodeURIComponent(version)}/`,
    projects: projects.map(({ slug }) => slug),
    date: dateReleased ?? dateCreated,
    isReleased: dateReleased !== null,
    commits: commitCount,
    authors: authors.map(({ name, email }) => name || email),
    ...(lastDeploy && { deploy: { environment: lastDeploy.environment, date: lastDeploy.dateFinished } }),
  });
}
