import { foldMemory } from '../../../lib/metrics/fold-memory.ts';
import { granularities, type MetricRetention } from '../../../lib/metrics/folding/granularities.ts';
import { foldMessages } from '../../../lib/metrics/index.ts';
import { type MetricType, parseMri } from '../../../lib/metrics/metric-name.ts';
import type { MetricPoint, Sample } from '../../../lib/metrics/metric-point.ts';
import type { MetricSource } from '../../../lib/metrics/mql/metric-source.ts';
import type { PointMessage } from '../../../lib/metrics/point-message.ts';
import { dynamoMetricSource } from '../../../lib/metrics/store/dynamo-metric-source.ts';
import { appOver, type Engines, type TestApp } from '../../support/app-over-engines.ts';
import type { MemoryPoint } from '../../support/memory-metric-source.ts';

/** Points by metric, as a case tells them. */
export type PointsByMetric = Readonly<Record<string, readonly MemoryPoint[]>>;

/** Where a case's points lie: they came in as messages do, and were folded into buckets. */
export interface StoredPoints {
  /** One for each question: what it may read is limited. */
  source(): MetricSource;
  /** The organization of the points when a case calls it by this number. */
  organization(id: number): string;
}

const apps = new Map<string, Promise<TestApp>>();
const stored = new Map<string, Promise<StoredPoints>>();
const ownerOfPoints = 1;

/** Stores points, each set of them once for all cases that find it. */
export function storePoints(engines: Engines, points: PointsByMetric): Promise<StoredPoints> {
  const key = JSON.stringify([engines.dynamoDbEndpoint, points]);
  const known = stored.get(key) ?? store(engines, points, `set${stored.size}`);
  stored.set(key, known);
  return known;
}

async function store(engines: Engines, points: PointsByMetric, set: string): Promise<StoredPoints> {
  const endpoint = engines.dynamoDbEndpoint;
  const app = await (apps.get(endpoint) ?? apps.set(endpoint, appOver(engines)).get(endpoint));
  if (app === undefined) throw new TypeError('no app');
  const organization = (id: number) => `${set}-${id}`;
  const messages = messagesOf(points, organization(ownerOfPoints));
  const times = messages.map(({ receivedAtSeconds }) => receivedAtSeconds);
  const nowSeconds = Math.max(0, ...times) + 1;
  app.clock.set(nowSeconds * 1_000);
  const failed = await foldMessages({ ...app, memory: foldMemory(app.clock) }, messages);
  if (failed.size > 0) throw new TypeError(`points were not stored: ${[...failed.values()].join(', ')}`);
  const retention = keepingAll(nowSeconds - Math.min(nowSeconds, ...times));
  const source = () => dynamoMetricSource(app.metricsTable, { nowSeconds, consistent: true, retention });
  return { source, organization };
}

/** A message for each project and hour, received when its last point was measured: nothing in it is late. */
function messagesOf(points: PointsByMetric, organization: string): PointMessage[] {
  const together = new Map<string, { projectId: string; points: MetricPoint[] }>();
  for (const [mri, list] of Object.entries(points)) {
    for (const one of list) {
      const projectId = one.projectId ?? '1';
      const name = `${projectId}-${Math.floor(one.atSeconds / 3_600)}`;
      const message = together.get(name) ?? { projectId, points: [] };
      message.points.push(pointOf(mri, one));
      together.set(name, message);
    }
  }
  return [...together].map(([name, message]) => ({
    batchId: `${organization}-${name}`.padStart(16, '0'),
    organization,
    receivedAtSeconds: Math.max(...message.points.map(({ timestamp = 0 }) => timestamp)),
    ...message,
  }));
}

function pointOf(mri: string, { value, tags, atSeconds }: MemoryPoint): MetricPoint {
  const metric = parseMri(mri);
  if (metric === undefined) throw new TypeError(`${mri} is no metric`);
  return { metric, tags, timestamp: atSeconds, sample: sampleOf(metric.type, value) };
}

function sampleOf(type: MetricType, value: MemoryPoint['value']): Sample {
  if (type === 's') return { type, members: [String(value)] };
  if (type === 'g' && typeof value === 'object') return { type, ...value };
  const number = Number(value);
  if (type === 'c') return { type, increment: number };
  if (type === 'd') return { type, values: [number] };
  return { type, last: number, min: number, max: number, sum: number, count: 1 };
}

/** Cases ask for fine buckets of long times, which would be deleted by then. */
function keepingAll(spanSeconds: number): MetricRetention {
  const kept = granularities.map(({ seconds }) => [seconds, spanSeconds + 86_400] as const);
  return Object.fromEntries(kept) as unknown as MetricRetention;
}
