import * as z from 'zod';
import type { MetricName } from './metric-name.ts';
import type { MetricPoint } from './metric-point.ts';
import { normaliseTags } from './normalise-tags.ts';
import { jsonOf, memberText, secondsOf } from './payload-fields.ts';
import { RefusalCounter, type RefusalReason, type RefusalTally } from './refused-points.ts';

/** Sessions and the people in them by `session.status`: `init` for all that began, and how they ended. */
const metrics = {
  sessions: { type: 'c', namespace: 'sessions', name: 'session', unit: 'none' },
  users: { type: 's', namespace: 'sessions', name: 'user', unit: 'none' },
} as const satisfies Readonly<Record<string, MetricName>>;

const attributes = z
  .object({ release: z.string().nullish().catch(undefined), environment: z.string().nullish().catch(undefined) })
  .nullish()
  .catch(undefined);
const person = z.union([z.string(), z.number()]).nullish().catch(undefined);
const amount = z.int().min(0).max(1_000_000_000).nullish();

const session = z.object({
  started: z.unknown().optional(),
  init: z.boolean().nullish(),
  status: z.enum(['ok', 'exited', 'crashed', 'abnormal', 'unhandled', 'errored']).nullish(),
  errors: z.number().nullish().catch(undefined),
  did: person,
  attrs: attributes,
});

/** How sessions that were counted by the sender ended; a session is in one of them. */
const endings = ['exited', 'errored', 'crashed', 'abnormal', 'unhandled'] as const;

const counted = z.object({
  started: z.unknown().optional(),
  did: person,
  ...{ exited: amount, errored: amount, crashed: amount, abnormal: amount, unhandled: amount },
});
const aggregates = z.object({ aggregates: z.array(counted), attrs: attributes });

/** A session, or several alike. */
interface Sessions {
  readonly count: number;
  readonly status: 'init' | (typeof endings)[number];
  readonly person: string | number | null | undefined;
  readonly attributes: z.infer<typeof attributes>;
  /** Everything of a session counts to when it began, so that no more can have crashed than were there. */
  readonly startedSeconds: number | undefined;
}

interface ParsedSessions {
  readonly points: MetricPoint[];
  readonly refused: RefusalTally;
}

/** Reads the payload of a `session` item: one session that begins, goes on or ends. */
export function parseSession(text: string): ParsedSessions {
  const read = session.safeParse(jsonOf(text));
  if (!read.success) return pointsOf(undefined);
  const { started, init, status, errors, did, attrs } = read.data;
  const common = { count: 1, person: did, attributes: attrs, startedSeconds: secondsOf(started) };
  const ending = status === 'exited' && (errors ?? 0) > 0 ? 'errored' : status;
  return pointsOf([
    ...(init === true ? [{ ...common, status: 'init' } as const] : []),
    ...(ending == null || ending === 'ok' ? [] : [{ ...common, status: ending }]),
  ]);
}

/** Reads the payload of a `sessions` item: sessions that the sender has counted. */
export function parseSessions(text: string): ParsedSessions {
  const read = aggregates.safeParse(jsonOf(text));
  if (!read.success) return pointsOf(undefined);
  return pointsOf(
    read.data.aggregates.flatMap((bucket) => {
      const startedSeconds = secondsOf(bucket.started);
      const common = { person: bucket.did, attributes: read.data.attrs, startedSeconds };
      const ended = endings.map((status) => ({ ...common, status, count: bucket[status] ?? 0 }));
      const count = ended.reduce((sum, one) => sum + one.count, 0);
      return [{ ...common, status: 'init' as const, count }, ...ended];
    }),
  );
}

/** Undefined is what could not be read. */
function pointsOf(all: readonly Sessions[] | undefined): ParsedSessions {
  const refused = new RefusalCounter();
  if (all === undefined) refused.add('malformed_session');
  const points: MetricPoint[] = [];
  for (const sessions of all ?? []) {
    if (sessions.count === 0) continue;
    const read = pointsOfSome(sessions);
    if (typeof read === 'string') refused.add(read);
    else points.push(...read);
  }
  return { points, refused: refused.tally };
}

function pointsOfSome({ count, status, person: did, attributes: attrs, startedSeconds }: Sessions) {
  const tags: ReturnType<typeof normaliseTags> = normaliseTags([
    ['session.status', status],
    ...(attrs?.environment ? [['environment', attrs.environment] as const] : []),
    ...(attrs?.release ? [['release', attrs.release] as const] : []),
  ]);
  if (typeof tags === 'string') return tags satisfies RefusalReason;
  const common = { tags, timestamp: startedSeconds };
  const ofSessions: MetricPoint = { ...common, metric: metrics.sessions, sample: { type: 'c', increment: count } };
  if (did == null || did === '') return [ofSessions];
  return [
    ofSessions,
    {
      ...common,
      metric: metrics.users,
      sample: { type: 's', members: [memberText(String(did))] },
    } satisfies MetricPoint,
  ];
}
