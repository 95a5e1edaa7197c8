import { memberProfileLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { peopleOf } from './describe-targets.ts';
import { messages } from './messages.ts';

/** Says what the people are called whom these rules of an organization name; who has left it is somebody. */
export async function rulePeople(
  app: Pick<App, 'table'>,
  organization: string,
  rules: readonly AlertRule[],
): Promise<(userId: string) => string> {
  const ids = [...new Set(rules.flatMap(peopleOf))];
  const profiles = await lookUp(
    app.table,
    ids.map((id) => memberProfileLookup(organization, id)),
  );
  const names = new Map(ids.map((id, index) => [id, profiles[index]?.name]));
  return (userId) => names.get(userId) ?? messages.somebody;
}

/** Who answers for a rule, in words; undefined when nobody does. */
export function describeOwner(
  { owner }: Pick<AlertRule, 'owner'>,
  nameOf: (userId: string) => string,
): string | undefined {
  if (owner === null) return undefined;
  return owner.type === 'team' ? messages.team(owner.id) : nameOf(owner.id);
}
