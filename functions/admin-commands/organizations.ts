import * as z from 'zod';
import {
  addMember,
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
  teamInput,
  tokenInput,
  updateMember,
  updateOrganization,
} from '../../lib/organizations/index.ts';
import { type Commands, command, inOrganization } from './command.ts';

/** Organizations and who belongs to them. */
export const organizationCommands: Commands = {
  'organization.create': command(organizationInput, createOrganization),
  'organization.update': command(organizationChanges, updateOrganization),
  'organization.list': command(z.strictObject({}), listOrganizations),
  'member.add': command(memberInput, addMember),
  'member.update': command(memberUpdate, updateMember),
  'member.list': command(inOrganization, listMembers),
  'team.create': command(teamInput, createTeam),
  'team.list': command(inOrganization, listTeams),
  'token.create': command(tokenInput, createToken),
  'token.list': command(inOrganization, listTokens),
  'token.revoke': command(inOrganization.extend({ id: z.string() }), revokeToken),
};
