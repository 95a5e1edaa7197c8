import { beforeAll, describe, expect, test } from 'vitest';
import {
  createFoldingApp,
  type FoldingTestApp,
  messageOf,
  nowSeconds,
  pointOf,
} from '../../../tests/support/folding-app.ts';
import { aRule } from '../../../tests/support/telling.ts';
import { foldMessages, type MetricPoint } from '../../metrics/index.ts';
import { tellActivity } from '../../projects/project-activity-store.ts';
import type { AlertRule, AlertTrigger } from '../alert-rule-store.ts';
import { insertIncident } from '../incident-store.ts';
import { describeChart } from './describe-chart.ts';
import { readRuleChart } from './read-rule-chart.ts';

const minute = 60;
/** Five minutes ago. */
const start = nowSeconds - 5 * minute;
const at = (minutes: number) => ({ at: start + minutes * minute });
const session = (status: string, count: number) =>
  pointOf('c:sessions/session@none', { type: 'c', increment: count }, { tags: { 'session.status': status }, ...at(1) });
const points: MetricPoint[] = [
  pointOf('c:escalating_issues/event_ingested@none', { type: 'c', increment: 4 }, at(1)),
  pointOf('c:escalating_issues/event_ingested@none', { type: 'c', increment: 6 }, at(3)),
  pointOf('d:custom/load@millisecond', { type: 'd', values: [100, 300] }, at(2)),
  session('init', 200),
  session('crashed', 15),
];

let app: FoldingTestApp;
let rule: AlertRule;
beforeAll(async () => {
  app = await createFoldingApp();
  rule = aRule({ projectId: '7', windowSeconds: minute });
  await foldMessages(app, [messageOf('all', points)]);
});

const read = async (changes: Partial<AlertRule> = {}, minutes = 5) => {
  const untilMs = app.clock.now();
  const chart = await readRuleChart(app, {
    rule: { ...rule, ...changes },
    fromMs: untilMs - minutes * minute * 1_000,
    untilMs,
  });
  if (chart === undefined) throw new TypeError('there is too much');
  return chart;
};
const values = async (changes: Partial<AlertRule> = {}) => (await read(changes)).points.map(([, value]) => value);

describe('the chart of a rule', () => {
  test.each<[string, Partial<AlertRule>, (number | null)[]]>([
    ['counts events, of which there may be none', {}, [0, 0, 4, 0, 6, 0]],
    ['knows nothing where that means something', { noData: 'keep' }, [null, null, 4, null, 6, null]],
    ['adds up what lies in longer windows', { windowSeconds: 2 * minute }, [0, 0, 4, 4, 6, 6]],
    [
      'takes quantiles and averages',
      { aggregate: 'avg(d:custom/load@millisecond)' },
      [null, null, null, 200, null, null],
    ],
    [
      'is the share without a crash',
      { aggregate: 'percentage(sessions_crashed, sessions)' },
      [null, null, 92.5, null, null, null],
    ],
    ['is what a comparison comes to', { comparisonSeconds: 2 * minute }, [null, null, null, null, 150, null]],
    ['looks as often as the rule does', { windowSeconds: 2 * minute, resolutionSeconds: 2 * minute }, [0, 4, 6]],
  ])('%s', async (_, changes, expected) => {
    const found = await values(changes);
    expect(found.slice(-expected.length)).toEqual(expected);
  });

  test.each<[Partial<AlertRule>, string, string]>([
    [{}, 'none', 'events over 1 minute'],
    [{ aggregate: 'p95(d:custom/load@millisecond)', windowSeconds: 3_600 }, 'millisecond', 'p95(load) over 1 hour'],
    [{ aggregate: 'percentage(users_crashed, users)' }, 'percent', 'crash-free users over 1 minute'],
    [{ comparisonSeconds: 3_600 }, 'percent', 'events over 1 minute, in % of an hour earlier'],
  ])('of %o is in %s and says: %s', async (changes, unit, subtitle) => {
    expect(await read(changes)).toMatchObject({ unit, subtitle });
  });

  test('reaches as far back as anything is kept, in hours where minutes are not', async () => {
    const { points: days } = await read({ windowSeconds: 86_400 }, 150 * 24 * 60);
    expect(days.length).toBeLessThanOrEqual(300);
    expect(days[0]?.[1]).toBeNull();
    expect(days.at(-1)?.[1]).not.toBeNull();
    const { points: minutes } = await read({ windowSeconds: 90 * minute }, 40 * 24 * 60);
    expect([minutes[0]?.[1], minutes.at(-1)?.[1]]).toEqual([null, 10]);
  });

  test('shows levels, incidents, releases and deploys to its environment, and says the numbers', async () => {
    const moment = (minutes: number) => new Date((start + minutes * minute) * 1_000).toISOString();
    const activity = { organization: 'acme', projectId: '7', subject: '1', version: 'web@1.2.3' };
    const deploy = { ...activity, type: 17, at: moment(2) } as const;
    await app.table.write([
      tellActivity({ ...activity, type: 10, at: moment(1), data: { version: 'web@1.2.3' } }),
      tellActivity({ ...deploy, data: { version: 'web@1.2.3', environment: 'prod' } }),
      tellActivity({ ...deploy, subject: '2', data: { version: 'web@1.2.3', environment: 'staging' } }),
      ...insertIncident({
        ...{ organization: 'acme', identifier: 1, ruleId: rule.id, projectId: '7', status: 'closed' },
        ...{ startedAt: moment(2), detectedAt: moment(3), createdAt: moment(3), closedAt: moment(4) },
      }),
    ]);
    const warning: AlertTrigger = { label: 'warning', threshold: 3, actions: [] };
    const chart = await read({ environment: null, triggers: [...rule.triggers, warning], resolveThreshold: 2 });
    expect(chart.thresholds).toEqual([
      { kind: 'critical', value: 100 },
      { kind: 'warning', value: 3 },
      { kind: 'resolve', value: 2 },
    ]);
    expect(chart.incidents).toEqual([{ identifier: 1, startMs: Date.parse(moment(2)), endMs: Date.parse(moment(4)) }]);
    expect(chart.marks.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'deploy prod',
      'deploy staging',
      'release web@1.2.3',
    ]);
    expect((await read({ environment: 'prod' })).marks.map(({ name }) => name).sort()).toEqual(['prod', 'web@1.2.3']);
    expect(describeChart(chart)).toContain('highest 6');
  });
});
