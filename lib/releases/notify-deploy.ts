import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { happened } from '../platform/happened.ts';
import type { Log } from '../platform/log.ts';
import { lookUp } from '../platform/lookup.ts';
import { mapLimited } from '../platform/map-limited.ts';
import type { Queue } from '../platform/queue.ts';
import type { WriteAction } from '../platform/table.ts';
import { type Project, projectActivityTypes, projectsLookup, tellActivity } from '../projects/index.ts';
import { type DeployNotice, noticeWrite } from './deploy-notice-store.ts';
import { deployRecipients } from './deploy-recipients.ts';
import { type Deploy, deployLookup, notifiedWrites, readWaitingDeploys } from './deploy-store.ts';
import type { Release } from './release-record.ts';
import { releaseLookup } from './release-store.ts';

const deploysAtATime = 4;

/** Has the people of a deploy told; a job of the queue that sends messages. */
export interface DeployNoticeJob {
  readonly kind: 'deploy-notice';
  readonly releaseId: string;
  readonly deployId: string;
}

/** What telling of deploys needs of the outside world. */
export type TellDeployApp = Pick<App, 'table' | 'clock'> & {
  readonly log: Pick<Log, 'warn'>;
  readonly deployNotices: Queue<DeployNoticeJob>;
};

/** Which deploy is to be told of. */
export interface DeployToTell {
  readonly organization: string;
  readonly version: string;
  readonly deployId: string;
  /** Whether all commits are there that will ever come; then there is nothing to wait for. */
  readonly fetchComplete?: boolean;
}

/**
 * Tells the projects of a release of a deploy and stores the intent to tell its people, once, in one transaction. While
 * the commits of the release are still on their way nothing happens: whoever brings them calls `notifyPendingDeploys`.
 *
 *   deploy:       store the deploy → read the release → no commits yet: wait
 *   set commits:                       make the commits visible → read what waits → tell
 *
 * Each stores before it reads, and reads consistently, so that at least one of them sees what the other has stored.
 */
export async function notifyIfReady(
  app: TellDeployApp,
  { organization, version, deployId, fetchComplete = false }: DeployToTell,
): Promise<void> {
  const [release] = await lookUp(app.table, [releaseLookup(organization, version)]);
  if (release === undefined || !(fetchComplete || isReady(release))) return;
  await tell(app, release, deployId);
}

/** Tells of all deploys of a release that nobody has been told of. Asks DynamoDB once when there are none. */
export async function notifyPendingDeploys(
  app: TellDeployApp,
  release: Release,
  { fetchComplete = false }: { readonly fetchComplete?: boolean } = {},
): Promise<void> {
  if (!(fetchComplete || isReady(release))) return;
  const waiting = await readWaitingDeploys(app.table, release.id);
  await mapLimited(waiting, deploysAtATime, (deployId) => tell(app, release, deployId));
}

/** A release that has head commits gets the commits up to them later. */
function isReady({ heads, commitList }: Release): boolean {
  return (commitList?.count ?? 0) > 0 || Object.keys(heads).length === 0;
}

async function tell(app: TellDeployApp, release: Release, deployId: string): Promise<void> {
  const [deploy, { found: projects }] = await lookUp(app.table, [
    deployLookup({ releaseId: release.id, id: deployId }),
    projectsLookup(release.organization, [...(release.projectIds ?? [])]),
  ]);
  if (deploy === undefined || deploy.notified) return;
  const recipients = await deployRecipients(app, release, deploy.projectIds);
  const told = app.table.write([
    ...notifiedWrites(deploy),
    ...projects.map((project) => activityOf(deploy, project)),
    noticeWrite({ ...noticeOf(deploy, recipients), at: isoTime(app.clock.now()) }),
  ]);
  // Else somebody has told of it in the meantime.
  if (!(await happened(told))) return;
  if (recipients.length > 0) await hurry(app, { kind: 'deploy-notice', releaseId: release.id, deployId });
}

/** The intent is stored, and whoever sweeps finds it minutes later: the request has not failed when the queue has. */
async function hurry(app: TellDeployApp, job: DeployNoticeJob): Promise<void> {
  try {
    await app.deployNotices.send([job]);
  } catch {
    app.log.warn('a deploy is told of later: the queue did not take it', { deploy: job.deployId });
  }
}

function activityOf({ id, version, environment, dateFinished }: Deploy, project: Project): WriteAction {
  return tellActivity({
    organization: project.organization,
    projectId: project.id,
    type: projectActivityTypes.deploy,
    subject: id,
    version,
    at: dateFinished,
    data: { version, deploy_id: id, environment },
  });
}

function noticeOf(deploy: Deploy, recipients: string[]): Omit<DeployNotice, 'at'> {
  const { releaseId, organization, version, id: deployId, projectIds, environment, url } = deploy;
  const where = { releaseId, organization, version, deployId, projectIds, environment, ...(url && { url }) };
  return { ...where, recipients, state: recipients.length > 0 ? 'pending' : 'nobody' };
}
