import * as z from 'zod';
import {
  addMember,
  changeRole,
  changeTeamRole,
  createOrganization,
  createTeam,
  createToken,
  listMembers,
  listOrganizations,
  listTeams,
  listTokens,
  memberInput,
  memberUpdate,
  organizationChanges,
  organizationInput,
  revokeToken,
  roleInput,
  teamInput,
  teamRoleInput,
  tokenInput,
  updateMember,
  updateOrganization,
} from '../../lib/organizations/index.ts';
import { refreshMembershipsOf } from '../../lib/slack/index.ts';
import { type AdminApp, type Commands, command, inOrganization } from './command.ts';

/** Organizations and who belongs to them. */
export const organizationCommands: Commands = {
  'organization.create': command(organizationInput, createOrganization),
  'organization.update': command(organizationChanges, updateOrganization),
  'organization.list': command(z.strictObject({}), listOrganizations),
  'member.add': command(memberInput, (app, input) => toldToSlack(app, addMember(app, input), ({ userId }) => [userId])),
  'member.change-role': command(roleInput, (app, input) =>
    toldToSlack(app, changeRole(app, input), ({ userId }) => [userId]),
  ),
  'member.update': command(memberUpdate, updateMember),
  'member.list': command(inOrganization, listMembers),
  'team.create': command(teamInput, (app, input) =>
    toldToSlack(app, createTeam(app, input), ({ memberIds }) => memberIds),
  ),
  'team.change-role': command(teamRoleInput, (app, input) =>
    toldToSlack(app, changeTeamRole(app, input), ({ userId }) => [userId]),
  ),
  'team.list': command(inOrganization, listTeams),
  'token.create': command(tokenInput, createToken),
  'token.list': command(inOrganization, listTokens),
  'token.revoke': command(inOrganization.extend({ id: z.string() }), revokeToken),
};

/** Renews what Slack's commands know of the people whose role or teams a change was about. */
async function toldToSlack<Result>(
  app: AdminApp,
  change: Promise<Result>,
  peopleOf: (result: Result) => readonly string[],
): Promise<Result> {
  const result = await change;
  for (const userId of peopleOf(result)) await refreshMembershipsOf(app, { userId });
  return result;
}
