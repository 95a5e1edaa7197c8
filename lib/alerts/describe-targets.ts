import type { AlertAction, AlertRule } from './alert-rule-store.ts';
import type { Destination } from './destination.ts';
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
        return webhookWords(action.url);
    }
  };
  return [...new Set(triggers.flatMap(({ actions }) => actions.map(words)))];
}

/** Where a notification goes, in words. Not escaped. */
export function describeDestination(destination: Destination): string {
  switch (destination.kind) {
    case 'channel':
      return `#${destination.channelName}`;
    case 'person':
      return destination.name;
    case 'webhook':
      return webhookWords(destination.url);
    case 'nobody':
      return nobodyInWords(destination.action);
  }
}

function nobodyInWords({ type, id }: Extract<Destination, { kind: 'nobody' }>['action']): string {
  if (type === 'team') return messages.team(id);
  return type === 'user' ? messages.somebody : messages.others(Number(id));
}

/** Of an address only the host: it may hold a secret of its own. */
function webhookWords(url: string): string {
  return messages.webhook(URL.canParse(url) ? new URL(url).host : messages.somewhere);
}
