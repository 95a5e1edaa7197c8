import * as z from 'zod';
import { requireTeam } from '../../../lib/organizations/index.ts';
import { lookUp } from '../../../lib/platform/lookup.ts';
import { listNotificationSettings } from '../../../lib/projects/index.ts';
import { channelLookup } from '../../../lib/slack/channel-link-store.ts';
import { identityLookup, readAccounts } from '../../../lib/slack/identity-store.ts';
import { holds, same, sameMembers } from '../releases/compare.ts';
import { type Checks, check } from './checks.ts';
import { emailOf, organizationsOf, slackUserOf, teamAt } from './given.ts';
import type { Judged } from './happening.ts';

const identity = z.strictObject({
  external_id: z.string(),
  user: z.string(),
  /** There are no others. */
  status: z.literal('valid').default('valid'),
});
const setting = z.strictObject({
  scope: z.literal('team'),
  provider: z.literal('slack'),
  type: z.literal('alerts'),
  value: z.string(),
});

/** What is stored afterwards. */
export const storedChecks: Checks = {
  identity: check(identity, async (judged, { external_id: slackUserId, user }) => {
    same((await identityOf(judged, slackUserId))?.email, emailOf(user));
  }),
  identities: check(z.array(identity), async (judged, expected) => {
    const mine = await readAccounts(judged.world.app.table, judged.world.user.id);
    const named = new Set([slackUserOf(judged.given), ...mine.map(({ slackUserId }) => slackUserId)]);
    const found = await Promise.all([...named].map((id) => identityOf(judged, id)));
    sameMembers(
      found.flatMap((one) => (one === undefined ? [] : [`${one.slackUserId} ${one.email}`])),
      expected.map(({ external_id: slackUserId, user }) => `${slackUserId} ${emailOf(user)}`),
    );
  }),
  identity_created: check(z.boolean(), async (judged, expected) => {
    const found = await identityOf(judged, slackUserOf(judged.given));
    same(found !== undefined && found.userId === judged.world.user.id, expected);
  }),
  link: check(
    z.strictObject({
      team: z.string(),
      channel_id: z.string(),
      channel_name: z.string(),
      provider: z.literal('slack'),
    }),
    async (judged, { team, channel_id: channelId, channel_name: name }) => {
      const at = teamAt(judged.given, team);
      const channel = await channelOf(judged, channelId);
      holds({ name: channel?.name, links: channel?.links }, { name, links: [at] });
    },
  ),
  links: check(z.array(z.string()), async (judged, expected) => {
    const channel = await channelOf(judged, judged.given.channel.id);
    sameMembers(
      (channel?.links ?? []).map(({ organization, team }) => `${organization}/${team}`),
      expected.map((name) => Object.values(teamAt(judged.given, name)).join('/')),
    );
  }),
  notification_settings: check(z.array(setting), async ({ world, given }, expected) => {
    const { organization, team } = teamAt(given, given.teams[0] ?? given.links[0] ?? '');
    same(organizationsOf(given).includes(organization), true);
    const { id: ownerId } = await requireTeam(world.app, organization, team);
    const settings = await listNotificationSettings(world.app, { organization, ownerType: 'team', ownerId });
    same(
      settings.map(({ project, kind, value }) => ({ project, kind, value })),
      expected.map(({ value }) => ({ project: null, kind: 'alert', value })),
    );
  }),
};

async function identityOf({ world, given }: Judged, slackUserId: string) {
  return (await lookUp(world.app.table, [identityLookup(given.workspace, slackUserId)]))[0];
}

async function channelOf({ world, given }: Judged, channelId: string) {
  return (await lookUp(world.app.table, [channelLookup({ teamId: given.workspace, channelId })]))[0];
}
