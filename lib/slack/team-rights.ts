import type { Membership } from '../organizations/index.ts';

/** Whether somebody may link any team of an organization at all: by their role in it, or as the admin of one of its teams. */
export function mayLinkTeams({ role, adminOf }: Pick<Membership, 'role' | 'adminOf'>): boolean {
  return role !== 'member' || adminOf.length > 0;
}

/** Whether somebody may link this team: managers and owners any, admins those that they are in, others those whose admin they are. */
export function mayLinkTeam({ role, teams, adminOf }: Omit<Membership, 'organization'>, team: string): boolean {
  if (role === 'manager' || role === 'owner') return true;
  return adminOf.includes(team) || (role === 'admin' && teams.includes(team));
}

/** Whether somebody may unlink this team: less care is needed, because linking again undoes it. */
export function mayUnlinkTeam({ role, adminOf }: Pick<Membership, 'role' | 'adminOf'>, team: string): boolean {
  return role !== 'member' || adminOf.includes(team);
}
