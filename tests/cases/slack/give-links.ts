import { findMember } from '../../../lib/organizations/index.ts';
import { epochSeconds } from '../../../lib/platform/clock.ts';
import { linkLifetimeSeconds } from '../../../lib/platform/signed-link.ts';
import { linkIdentity, linkTeam } from '../../../lib/slack/index.ts';
import { emailOf, type Given, organizationsOf, teamAt } from './given.ts';
import { type CaseApp, ownerAddress, ownerInSlack } from './world.ts';

/** Who is to be whom. */
interface GivenIdentity {
  readonly given: Given;
  readonly slackUserId: string;
  readonly userId: string;
}

/** Links a Slack user to one of ours, as if they had opened their link. */
export async function giveIdentity(app: CaseApp, { given, slackUserId, userId }: GivenIdentity): Promise<void> {
  await linkIdentity(app, { link: freshLink(app), teamId: given.workspace, slackUserId, userId });
}

/** Links who is somebody in Slack already. */
export async function giveIdentities(app: CaseApp, given: Given): Promise<void> {
  for (const { external_id: slackUserId, user } of given.identities) {
    const member = await findMember(app, organizationsOf(given)[0] ?? '', emailOf(user));
    if (member === undefined) throw new Error(`${user} was not added`);
    await giveIdentity(app, { given, slackUserId, userId: member.userId });
  }
}

/** Links teams to the channel of the case, as an owner who has opened a link would. */
export async function giveLinks(app: CaseApp, given: Given): Promise<void> {
  const names = [...given.links, ...given.channel_linked_to];
  for (const name of names) {
    const { organization, team } = teamAt(given, name);
    const owner = await findMember(app, organization, ownerAddress);
    if (owner === undefined) throw new Error(`nobody owns ${organization}`);
    const visitor = { teamId: given.workspace, slackUserId: ownerInSlack, userId: owner.userId };
    await giveIdentity(app, { given, ...visitor });
    const { id: channelId, name: channelName } = given.channel;
    await linkTeam(app, { link: freshLink(app), ...visitor, channelId, channelName, organization, team });
  }
}

let links = 0;

function freshLink(app: CaseApp) {
  links += 1;
  return { id: `given-${links}`, expiresAtSeconds: epochSeconds(app.clock) + linkLifetimeSeconds };
}
