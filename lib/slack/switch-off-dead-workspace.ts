import type { App } from '../platform/app.ts';
import type { DeadToken } from './slack-calls.ts';
import { switchOffWorkspace } from './switch-off-workspace.ts';

/**
 * What a client does when Slack says that a token is dead: switches the workspace off as of when the call began, so that an
 * installation since then stays. It never fails: what Slack said of the call itself counts for the caller.
 *
 *     call begins (old token) ── installed again ── Slack: token_revoked: ignored
 */
export function switchOffDeadWorkspace(app: Pick<App, 'table' | 'log'>): (dead: DeadToken) => Promise<void> {
  return async ({ teamId, slackError, calledAt }) => {
    try {
      const loss = { teamId, reason: 'tokens_revoked', eventTime: calledAt / 1_000 } as const;
      const off = await switchOffWorkspace(app, loss);
      if (off) app.log.warn('a workspace was switched off: Slack takes its token no more', { teamId, slackError });
    } catch (error) {
      app.log.error('a workspace could not be switched off', error, { teamId, slackError });
    }
  };
}
