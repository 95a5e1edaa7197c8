import {
  answerDirectMessage,
  renameChannel,
  type SlackJob,
  sendOutgoing,
  switchOffWorkspace,
} from '../../lib/slack/index.ts';
import { tidyClosedChannel } from './close-channel.ts';
import { renewEndingToken } from './renew-token.ts';
import { tellDeploy } from './tell-deploy.ts';
import { unfurlLinks } from './unfurl-links.ts';
import type { WorkerApp } from './worker-app.ts';

/** Works on a job of the Slack queue. */
export async function workOnJob(app: WorkerApp, job: SlackJob): Promise<void> {
  switch (job.kind) {
    case 'direct-message':
      return answerDirectMessage(app, job);
    case 'links-shared':
      return unfurlLinks(app, job);
    case 'channel-renamed':
      await renameChannel(app, job);
      return;
    case 'channel-closed':
      return tidyClosedChannel(app, job);
    case 'workspace-left':
      await switchOffWorkspace(app, { teamId: job.teamId, reason: job.why, eventTime: job.eventTime });
      return;
    case 'outgoing-message':
      await sendOutgoing(app, job.id);
      return;
    case 'deploy-notice':
      return tellDeploy(app, job);
    case 'token-renewal':
      return renewEndingToken(app, job);
  }
}
