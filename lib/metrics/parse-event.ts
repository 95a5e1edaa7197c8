import * as z from 'zod';
import type { MetricName } from './metric-name.ts';
import type { MetricPoint } from './metric-point.ts';
import { normaliseTags } from './normalise-tags.ts';
import { jsonOf, memberText, secondsOf } from './payload-fields.ts';
import { RefusalCounter, type RefusalTally } from './refused-points.ts';

/** How many events came, and whom they hit: what `count()` and `count_unique(user)` of alert rules are about. */
const metrics = {
  events: { type: 'c', namespace: 'escalating_issues', name: 'event_ingested', unit: 'none' },
  users: { type: 's', namespace: 'escalating_issues', name: 'user', unit: 'none' },
} as const satisfies Readonly<Record<string, MetricName>>;

const levels = ['fatal', 'error', 'warning', 'info', 'log', 'debug'] as const;
const identity = z.union([z.string(), z.number()]).nullish().catch(undefined);

/** The few fields of an event that are counted by; whatever else it has is left out, and so is a field that is none. */
const event = z.looseObject({
  timestamp: z.unknown().optional(),
  level: z.enum(levels).catch('error'),
  environment: z.string().nullish().catch(undefined),
  release: z.string().nullish().catch(undefined),
  user: z
    .object({ id: identity, email: identity, username: identity, ip_address: identity })
    .nullish()
    .catch(undefined),
});

/** Reads the payload of an `event` item as SDKs send it, for counting alone: the event itself is not stored. */
export function parseEvent(text: string): { readonly points: MetricPoint[]; readonly refused: RefusalTally } {
  const refused = new RefusalCounter();
  const read = event.safeParse(jsonOf(text));
  if (!read.success) {
    refused.add('malformed_event');
    return { points: [], refused: refused.tally };
  }
  const { level, environment, release, user, timestamp: sentAt } = read.data;
  const tags = normaliseTags([
    ['level', level],
    ...(environment ? [['environment', environment] as const] : []),
    ...(release ? [['release', release] as const] : []),
  ]);
  if (typeof tags === 'string') {
    refused.add(tags);
    return { points: [], refused: refused.tally };
  }
  const timestamp = secondsOf(sentAt);
  const person = personOf(user);
  const points: MetricPoint[] = [{ metric: metrics.events, tags, sample: { type: 'c', increment: 1 }, timestamp }];
  if (person !== undefined) {
    points.push({ metric: metrics.users, tags, sample: { type: 's', members: [person] }, timestamp });
  }
  return { points, refused: refused.tally };
}

/** The surest of what an event says of its user. Addresses of machines are no people where the SDK leaves them to guess. */
function personOf(user: z.infer<typeof event>['user']): string | undefined {
  for (const kind of ['id', 'username', 'email', 'ip_address'] as const) {
    const value = user?.[kind];
    if (value != null && value !== '' && value !== '{{auto}}') return memberText(`${kind}:${value}`);
  }
  return undefined;
}
