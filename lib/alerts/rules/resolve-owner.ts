import { findMember, type Team } from '../../organizations/index.ts';
import type { App } from '../../platform/app.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { ruleMessages as messages } from '../messages.ts';
import type { Faults } from './check-thresholds.ts';

/** The team that is named by slug or ID. */
export function teamNamed(teams: readonly Team[], slugOrId: string): Team | undefined {
  return teams.find(({ slug, id }) => slug === slugOrId || id === slugOrId);
}

/** Who answers for a rule: `user:<ID or address>` or `team:<slug or ID>`. `teams` are those of the organization. */
export async function resolveOwner(
  app: Pick<App, 'table'>,
  organization: string,
  sent: string | null | undefined,
  teams: readonly Team[],
): Promise<{ readonly owner: AlertRule['owner']; readonly faults: Faults }> {
  if (!sent) return { owner: null, faults: {} };
  const [, kind, name = ''] = /^(user|team):(.{1,320})$/u.exec(sent) ?? [];
  if (kind === undefined) return { owner: null, faults: { owner: [messages.ownerForm] } };
  const id = kind === 'team' ? teamNamed(teams, name)?.slug : (await findMember(app, organization, name))?.userId;
  if (id === undefined) return { owner: null, faults: { owner: [messages.ownerUnknown(sent)] } };
  return { owner: { type: kind === 'team' ? 'team' : 'user', id }, faults: {} };
}
