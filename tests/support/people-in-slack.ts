import type { AlertAction } from '../../lib/alerts/alert-rule-store.ts';
import { addMember, createTeam } from '../../lib/organizations/index.ts';
import { putTeamChannel, saveChannel } from '../../lib/slack/channel-link-store.ts';
import { replaceIdentity } from '../../lib/slack/identity-store.ts';
import { type AlertingApp, slackPerson } from './alerting-app.ts';
import { slackChannels, slackWorkspace } from './slack-server.ts';

/** Links a person to their Slack user and a team to a channel, and says how a rule tells them. */
export async function linkPersonAndTeam(
  app: AlertingApp,
): Promise<{ readonly user: Extract<AlertAction, { type: 'user' }>; readonly team: AlertAction }> {
  const { teamId } = slackWorkspace;
  const { id: slackUserId, email } = slackPerson;
  const { userId } = await addMember(app, { organization: 'acme', email, name: 'Ada', role: 'member' });
  await createTeam(app, { organization: 'acme', slug: 'backend', members: [] });
  const place = { teamId, channelId: slackChannels.alerts.id };
  const team = { organization: 'acme', team: 'backend' };
  const identity = { teamId, slackUserId, userId, email, memberships: [], linkedAt: '' };
  await app.table.write([
    ...replaceIdentity(identity, { identity: undefined, account: undefined }),
    saveChannel(
      { ...place, name: 'backend-alerts', links: [{ ...team, linkedAt: '', linkedByUserId: userId }] },
      undefined,
    ),
    putTeamChannel({ ...team, ...place }, undefined),
  ]);
  return { user: { type: 'user', userId }, team: { type: 'team', team: 'backend' } };
}
