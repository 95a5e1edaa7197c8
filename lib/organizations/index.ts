export { addMember, memberInput } from './add-member.ts';
export { allowProjectCreation } from './allow-project-creation.ts';
export { authenticateToken, type Caller, type TokenCache, tokenCache } from './authenticate-token.ts';
export { changeRole, roleInput } from './change-role.ts';
export { changeTeamRole, teamRoleInput } from './change-team-role.ts';
export { createOrgAuthToken, orgAuthTokenBody } from './create-org-auth-token.ts';
export { createOrganization, organizationInput } from './create-organization.ts';
export { createTeam, listTeams, requireTeam, teamInput } from './create-team.ts';
export { createToken, tokenInput } from './create-token.ts';
export { findMember } from './find-member.ts';
export { listOrganizations, requireOrganization } from './find-organization.ts';
export { findPerson, type Person } from './find-person.ts';
export { findUserId } from './find-user-id.ts';
export { pageOfMembers, pageOfOrgAuthTokens, pageOfTeams } from './list-in-pages.ts';
export { listManagedOrganizations } from './list-managed-organizations.ts';
export { memberJson, serializeMember } from './member-json.ts';
export { listMembers, type MemberProfile, memberProfileLookup } from './member-profile.ts';
export { findMembersByAddress } from './members-by-address.ts';
export {
  describeCaller,
  type Reach,
  reachesLookup,
  reachLookup,
  requireMembership,
  requireWholeReach,
  wholeReachLookup,
} from './membership.ts';
export { type Membership, membershipHolds, membershipsLookup } from './memberships-lookup.ts';
export { noteTokenUse } from './note-token-use.ts';
export { newOrgAuthTokenJson, orgAuthTokenJson, serializeOrgAuthToken } from './org-auth-token-json.ts';
export { organizationJson, serializeOrganization } from './organization-json.ts';
export type { Organization } from './organization-store.ts';
export { requireCallingMember, requirePerson } from './require-person.ts';
export { requireReachedTeam } from './require-reached-team.ts';
export { requireScope } from './require-scope.ts';
export { revokeToken } from './revoke-token.ts';
export { type Role, reachesEverything, roles } from './roles.ts';
export { type Scope, scopes } from './scopes.ts';
export { teamIdsOfMembers } from './team-ids-of-members.ts';
export { serializeTeam, teamJson } from './team-json.ts';
export { type Team, teamsLookup } from './team-store.ts';
export { listTokens } from './token-description.ts';
export { memberUpdate, updateMember } from './update-member.ts';
export { organizationChanges, updateOrganization } from './update-organization.ts';
export { serializeUser, userJson } from './user-json.ts';
