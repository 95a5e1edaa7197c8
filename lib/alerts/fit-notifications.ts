import { dynamoTransactionActions } from '../platform/limits.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { type Destination, targetOf } from './destination.ts';
import { messages } from './messages.ts';
import type { Notification } from './notification-store.ts';
import { peopleNamedBy } from './who-may-hear.ts';

/**
 * A change and the intents to tell of it are one transaction. The rest of it takes fewer than ten writes: an incident that opens
 * takes the state of its rule, itself, its number and some activities; one that ends with its rule the rule, two states, itself
 * and an activity.
 */
const mostNotifications = dynamoTransactionActions - 10;

/**
 * As many intents as can be written together with the change that they tell of, so that no crowd keeps an incident from opening
 * or from closing. Those to people whom the rule does not name are left out first; one that is skipped says how many were.
 */
export function fitNotifications(
  planned: readonly Notification[],
  rule: Pick<AlertRule, 'triggers'> | undefined,
): Notification[] {
  const [first] = planned;
  if (first === undefined || planned.length <= mostNotifications) return [...planned];
  const named = peopleNamedBy(rule);
  const isSubscriber = ({ destination }: Notification) =>
    destination.kind === 'person' && !named.has(destination.userId);
  const kept = [...planned.filter((one) => !isSubscriber(one)), ...planned.filter(isSubscriber)];
  const more = planned.length - (mostNotifications - 1);
  return [...kept.slice(0, mostNotifications - 1), overflow(first, more)];
}

function overflow({ onlyOnFirst: _, ...first }: Notification, more: number): Notification {
  const reason = messages.tooManyToTell(more);
  const destination: Destination = { kind: 'nobody', action: { type: 'more', id: String(more) }, reason };
  const error = { code: 'too_many', detail: reason };
  return { ...first, target: targetOf(destination), destination, state: 'skipped', error };
}
