import type { Session } from '../../lib/platform/session.ts';
import type { InstallVisitor } from '../../lib/slack/index.ts';

/** Who is at the browser, for the use cases around installing. */
export function installVisitor({ id, userId, slack }: Session): InstallVisitor {
  return { sessionId: id, userId, slackTeamId: slack?.teamId };
}
