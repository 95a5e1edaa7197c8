/** Words that addresses use for something else. */
const reserved: ReadonlySet<string> = new Set([
  '$all',
  'api-keys',
  'audit-log',
  'auth',
  'members',
  'projects',
  'rate-limits',
  'repos',
  'settings',
  'teams',
  'billing',
  'payments',
  'legal',
  'subscription',
  'support',
  'integrations',
  'developer-settings',
  'usage',
]);

/** Whether this is a reserved word exactly as it stands; said of names, which may otherwise be written as people like. */
export function isReservedName(name: string): boolean {
  return reserved.has(name);
}

/** Whether a slug is reserved, in any case. */
export function isReservedSlug(slug: string): boolean {
  return reserved.has(slug.toLowerCase());
}
