import { lookUp } from '../../lib/platform/lookup.ts';
import { projectsLookup } from '../../lib/projects/index.ts';
import { finishNotice, loadNotice } from '../../lib/releases/index.ts';
import { deployMessage, type SlackJobOf, storePersonalMessages } from '../../lib/slack/index.ts';
import type { WorkerApp } from './worker-app.ts';

/** For so long it is tried; later it would only be old news. */
const triedMs = 86_400_000;

/**
 * Tells the people of a deploy, each once: stores their messages, then that the deploy was told of, and has each message
 * sent by a job of its own, since there may be hundreds. Whatever a crash leaves undone is found by the sweeper.
 */
export async function tellDeploy(app: WorkerApp, at: SlackJobOf<'deploy-notice'>): Promise<void> {
  const notice = await loadNotice(app.table, at);
  if (notice?.state !== 'pending') return;
  if (app.clock.now() - Date.parse(notice.at) > triedMs) return finishNotice(app.table, notice, 'late');
  const { organization, version, environment, projectIds, deployId, recipients, url } = notice;
  const [{ found: projects }] = await lookUp(app.table, [projectsLookup(organization, projectIds)]);
  const message = deployMessage({
    version,
    environment,
    projects: projects.map(({ slug }) => slug),
    link: `${app.publicUrl}/organizations/${organization}/releases/${encodeURIComponent(version)}/`,
    deployLink: url,
  });
  const ids = await storePersonalMessages(app, {
    organization,
    fact: `deploy:${deployId}`,
    userIds: recipients,
    message,
  });
  await finishNotice(app.table, notice, 'sent');
  await app.slackJobs.send(ids.map((id) => ({ kind: 'outgoing-message', id })));
}
