import { RefusalError } from '../../lib/platform/errors.ts';
import type { SlackJobOf } from '../../lib/slack/index.ts';
import type { WorkerApp } from './worker-app.ts';

const counter = 'integrations.slack.token_renewal';

/**
 * Renews the token of a workspace, where nothing else is waited for: what Slack gives for the old one is lost when it is not
 * stored. What Slack refuses is asked again at the next sweep.
 */
export async function renewEndingToken(app: WorkerApp, { teamId }: SlackJobOf<'token-renewal'>): Promise<void> {
  try {
    await app.slack.keepToken(teamId);
    app.metrics.count(`${counter}.success`);
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    app.metrics.count(`${counter}.failure.${error.code}`);
    app.log.warn('a bot token has ended and could not be renewed', { team: teamId, reason: error.message });
  }
}
