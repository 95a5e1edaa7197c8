import type { AlertRule } from './alert-rule-store.ts';
import { messages } from './messages.ts';
import type { RuleNames } from './rules/rule-names.ts';

/** What somebody whom a rule names is called; who has left is somebody. */
export function nameOfPerson(names: RuleNames, userId: string): string {
  return names.person(userId)?.name ?? messages.somebody;
}

/** Who answers for a rule, in words; undefined when nobody does. */
export function describeOwner({ owner }: Pick<AlertRule, 'owner'>, names: RuleNames): string | undefined {
  if (owner === null) return undefined;
  return owner.type === 'team' ? messages.team(owner.id) : nameOfPerson(names, owner.id);
}
