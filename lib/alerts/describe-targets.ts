import type { AlertAction, AlertRule } from './alert-rule-store.ts';
import { messages } from './messages.ts';

/** Whom a rule tells, each once, in words; `nameOf` knows what people are called. Not escaped. */
export function describeTargets(
  { triggers }: Pick<AlertRule, 'triggers'>,
  nameOf: (userId: string) => string,
): string[] {
  const words = (action: AlertAction): string => {
    switch (action.type) {
      case 'slack':
        return `#${action.channelName}`;
      case 'user':
        return nameOf(action.userId);
      case 'team':
        return messages.team(action.team);
      case 'webhook':
        return messages.webhook(URL.canParse(action.url) ? new URL(action.url).host : action.url);
    }
  };
  return [...new Set(triggers.flatMap(({ actions }) => actions.map(words)))];
}

/** IDs of the people whom a rule names: whom it tells, who answers for it, and who snoozed it. */
export function peopleOf({ triggers, owner, snooze }: Pick<AlertRule, 'triggers' | 'owner' | 'snooze'>): string[] {
  const told = triggers.flatMap(({ actions }) =>
    actions.flatMap((action) => (action.type === 'user' ? [action.userId] : [])),
  );
  return [
    ...new Set([...told, ...(owner?.type === 'user' ? [owner.id] : []), ...(snooze === null ? [] : [snooze.by])]),
  ];
}
