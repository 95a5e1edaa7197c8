import { describe, expect, it } from 'vitest';
import { mri } from '../lib/metrics/metric-name.ts';
import type { Row } from '../lib/metrics/mql/rows.ts';
import type { WireMessage } from '../lib/metrics/point-message.ts';
import { queryMetrics } from '../lib/metrics/query-metrics.ts';
import { sendPoints } from '../lib/metrics/send-points.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { arrayQueue } from './support/array-queue.ts';
import { type ExactRows, exactAnswer, rowName, type SentPoint } from './support/exact-answer.ts';
import { createFoldingApp, type FoldingTestApp } from './support/folding-app.ts';
import { Dice } from './support/pseudo-random.ts';
import { randomPoint } from './support/random-points.ts';
import { type Question, randomQuestion, textOf } from './support/random-question.ts';
import { countUnruly } from './support/unruly-worker.ts';

// The whole engine against going through all points one by one: points of every type on their way through messages that
// come twice, in any order and to workers that end, and then queries of every kind. METRIC_POINTS=1000000 takes a million.

const pointCount = Number(process.env['METRIC_POINTS'] ?? 8_000);
const questionCount = Math.min(500, Math.max(100, pointCount / 500));
const seed = Number(process.env['METRIC_SEED'] ?? 1);
const organization = 'acme';

/** Sends points as doors do, in requests of any size; gives the messages and what should be counted. */
async function send(app: FoldingTestApp, dice: Dice): Promise<{ messages: WireMessage[]; sent: SentPoint[] }> {
  const points = arrayQueue<WireMessage>();
  const door = { ...app, points, randomText };
  const sent: SentPoint[] = [];
  while (sent.length < pointCount) {
    const projectId = dice.oneOf(['7', '8']);
    const some = Array.from({ length: dice.between(1, pointCount / 60) }, () => randomPoint(dice));
    expect(await sendPoints(door, { organization, projectId, points: some })).toMatchObject({ accepted: some.length });
    sent.push(...some.map((point) => ({ projectId, mri: mri(point.metric), point })));
  }
  // Somebody else's, which nobody may see.
  await sendPoints(door, { organization: 'other', projectId: '7', points: [randomPoint(dice)] });
  return { messages: points.takeAll(), sent };
}

function request(question: Question) {
  const { projectIds, startSeconds, endSeconds, intervalSeconds } = question;
  return {
    query: textOf(question),
    organizations: [organization],
    projectIds,
    startSeconds,
    endSeconds,
    intervalSeconds,
    totals: true,
    limit: 10_000,
  };
}

/** Where rows are not what they have to be, each in a line; empty when all is well. */
function differences(rows: readonly Row[], exact: ExactRows, groupBy: readonly string[]): string[] {
  const named = new Map(
    rows.map(({ time, aggregate_value: value, ...group }) => {
      const at = time === undefined ? undefined : Date.parse(time) / 1_000;
      return [
        rowName(
          at,
          groupBy.map((column) => group[column] as string | number),
        ),
        value,
      ] as const;
    }),
  );
  const lines = [...exact].flatMap(([name, { value, within }]) => {
    const actual = named.get(name);
    if (actual === undefined) return [`${name} is missing, which is ${value}`];
    if (value === null || typeof actual !== 'number')
      return actual === value ? [] : [`${name}: ${actual}, not ${value}`];
    // What cancels itself out is off by as much as its parts: they go up to some thousand millions.
    const allowed = Math.abs(value) * (within + Number.EPSILON) + (within > 0 && within < 1e-3 ? 1e-6 : 0);
    return Math.abs(actual - value) <= allowed ? [] : [`${name}: ${actual}, not ${value}`];
  });
  return [...lines, ...[...named.keys()].filter((name) => !exact.has(name)).map((name) => `${name} is too much`)];
}

describe('random points of all types', { timeout: 3_600_000 }, () => {
  it('are counted exactly, whatever happens to messages and workers, and however they are asked for', async () => {
    const dice = new Dice(seed);
    const app = await createFoldingApp();
    const { messages, sent } = await send(app, dice);
    const trouble = await countUnruly(app, messages, dice);
    expect(Object.values(trouble)).not.toContain(0);

    const questions = Array.from({ length: questionCount }, () => randomQuestion(dice));
    for (let start = 0; start < questions.length; start += 20) {
      const together = questions.slice(start, start + 20);
      const answers = await queryMetrics(app, together.map(request));
      for (const [index, question] of together.entries()) {
        const { rows = [], totals } = answers[index] ?? {};
        const exact = exactAnswer(sent, question, question.intervalSeconds);
        expect(differences(rows, exact, question.groupBy), textOf(question)).toEqual([]);
        if (totals === undefined) continue;
        const [[, whole = undefined] = []] = exactAnswer(sent, wholeOf(question));
        const total = [{ aggregate_value: totals.aggregate_value }];
        const expected: ExactRows = new Map([[rowName(undefined, []), whole ?? { value: null, within: 0 }]]);
        expect(differences(total, expected, []), `totals of ${textOf(question)}`).toEqual([]);
      }
    }
  });
});

/** The same question about all of its time, which is that of its whole intervals. */
function wholeOf(question: Question): Question {
  const { startSeconds, endSeconds, intervalSeconds } = question;
  if (intervalSeconds === undefined) return { ...question, groupBy: [] };
  return {
    ...question,
    groupBy: [],
    startSeconds: Math.floor(startSeconds / intervalSeconds) * intervalSeconds,
    endSeconds: Math.ceil(endSeconds / intervalSeconds) * intervalSeconds,
    wholeInterval: intervalSeconds,
  };
}
