import { expect } from 'vitest';
import type { LocalStack } from '../support/local-stack.ts';

/** A row of an answer: `aggregate_value`, and a column for each tag that it is grouped by. */
export type AnsweredRow = Readonly<Record<string, unknown>>;

/** The other half of the stack waits this long for clocks that run ahead. */
const aheadMs = 60_000;
const behindMs = 3_600_000;

/** Asks by HTTP what the last hour holds; rows in the order of their groups. */
export async function askMetrics(stack: LocalStack, query: string): Promise<AnsweredRow[]> {
  const now = Date.now();
  const times = { start: new Date(now - behindMs).toISOString(), end: new Date(now + aheadMs).toISOString() };
  const answer = await fetch(`${stack.url}/api/0/organizations/${stack.org}/metrics/query/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, ...times, totals: true }),
  });
  expect({ status: answer.status, query }, await answer.clone().text()).toEqual({ status: 200, query });
  const { data } = (await answer.json()) as { data: AnsweredRow[] };
  return data.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

/** The one value that a query without groups is answered with. */
export async function askValue(stack: LocalStack, query: string): Promise<unknown> {
  const rows = await askMetrics(stack, query);
  expect(rows.length, query).toBe(1);
  return rows[0]?.['aggregate_value'];
}

/** Resolves when all that was sent before is counted: the stack's schedules wait for that. */
export async function untilCounted(stack: LocalStack): Promise<void> {
  const answer = await fetch(`${stack.url}/__local/schedule`, { method: 'POST' });
  expect(answer.status).toBe(200);
}
