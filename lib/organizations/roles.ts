/** What a member may do, from little to everything. */
export const roles = ['member', 'admin', 'manager', 'owner'] as const;

/** One of `roles`. */
export type Role = (typeof roles)[number];

/** Managers and owners reach every project, whatever team it belongs to. */
export function reachesEverything({ role }: { role: Role }): boolean {
  return role === 'manager' || role === 'owner';
}

/** Managers and owners reach every project; the others what belongs to no team or to one of theirs. */
export function reachesTeam(member: { role: Role; teams?: ReadonlySet<string> | undefined }, team?: string): boolean {
  if (team === undefined || reachesEverything(member)) return true;
  return member.teams?.has(team) ?? false;
}
