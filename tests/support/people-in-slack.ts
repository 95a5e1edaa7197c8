import type { AlertAction } from '../../lib/alerts/alert-rule-store.ts';
import { addMember, createTeam } from '../../lib/organizations/index.ts';
import { isoTime } from '../../lib/platform/clock.ts';
import { putTeamChannel, saveChannel } from '../../lib/slack/channel-link-store.ts';
import { replaceIdentity } from '../../lib/slack/identity-store.ts';
import { type AlertingApp, slackPerson } from './alerting-app.ts';
import { slackChannels, slackWorkspace } from './slack-server.ts';

/** Makes somebody a member of the organization who is linked to this Slack user, and gives their ID. */
export async function linkedMember(
  app: AlertingApp,
  { id: slackUserId, name, email }: { readonly id: string; readonly name: string; readonly email: string },
): Promise<string> {
  const { userId } = await addMember(app, { organization: 'acme', email, name, role: 'member' });
  const { teamId } = slackWorkspace;
  const identity = { teamId, slackUserId, userId, email, memberships: [], linkedAt: isoTime(app.clock.now()) };
  await app.table.write(replaceIdentity(identity, { identity: undefined, account: undefined }));
  return userId;
}

/** Links a person to their Slack user and a team to a channel, and says how a rule tells them. */
export async function linkPersonAndTeam(
  app: AlertingApp,
): Promise<{ readonly user: Extract<AlertAction, { type: 'user' }>; readonly team: AlertAction }> {
  const { teamId } = slackWorkspace;
  const userId = await linkedMember(app, { ...slackPerson, name: 'Ada' });
  await createTeam(app, { organization: 'acme', slug: 'backend', members: [] });
  const place = { teamId, channelId: slackChannels.alerts.id };
  const team = { organization: 'acme', team: 'backend' };
  await app.table.write([
    saveChannel(
      { ...place, name: 'backend-alerts', links: [{ ...team, linkedAt: '', linkedByUserId: userId }] },
      undefined,
    ),
    putTeamChannel({ ...team, ...place }, undefined),
  ]);
  return { user: { type: 'user', userId }, team: { type: 'team', team: 'backend' } };
}
