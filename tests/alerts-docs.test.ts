import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAggregate } from '../lib/alerts/aggregate.ts';
import { alertRuleBody } from '../lib/alerts/index.ts';
import { measureOf } from '../lib/alerts/measure.ts';
import { webhookBody } from '../lib/alerts/webhook-message.ts';
import { addWorkspace } from '../lib/slack/index.ts';
import { createAcme, people } from './support/acme.ts';
import { type ApiClient, apiClient } from './support/api.ts';
import { slackWorkspace } from './support/slack-server.ts';
import { aRule } from './support/telling.ts';

const page = readFileSync(new URL('../docs/alerts.md', import.meta.url), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, kind, text = '']) => (kind === language ? [text] : []));

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Each `curl` of the page. */
const calls = blocks('sh')
  .join('')
  .split(/^curl /m)
  .filter((text) => text.includes('$API'))
  .map((text): Call => {
    const [, path = ''] = /"\$API([^"]+)"/.exec(text) ?? [];
    const [, body] = /-d '([^']+)'/.exec(text) ?? [];
    const [, method = body === undefined ? 'GET' : 'POST'] = /-X (\w+)/.exec(text) ?? [];
    return { method, path, ...(body !== undefined && { body: JSON.parse(body) as unknown }) };
  });

describe('the page about alerts', () => {
  let api: ApiClient;
  beforeAll(async () => {
    const acme = await createAcme();
    await addWorkspace(acme.app, { organization: 'acme', ...slackWorkspace });
    api = apiClient(acme.app, await acme.token(['alerts:write'], people.olivia));
  });

  it('has calls for all that can be done with rules', () => {
    const done = calls.map(({ method, path }) => `${method} ${path.replace(/^.*alert-rules|\?.*$/g, '')}`);
    const all = ['POST /', 'GET /', 'GET /$RULE/', 'PUT /$RULE/', 'DELETE /$RULE/', 'POST /preview/'];
    expect(new Set(done)).toEqual(new Set([...all, 'POST /$RULE/snooze/', 'DELETE /$RULE/snooze/']));
  });

  it.each(calls)('has a call that works: $method $path', async ({ method, path, body }) => {
    // A rule of its own for each, as the first call makes it.
    const { id } = (await api.post(calls[0]?.path ?? '', calls[0]?.body)).body as { id: string };
    const answer = await api.send(method, path.replace('$RULE', id), body && JSON.stringify(body));
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: expect.toSatisfy(isFine) as unknown });
  });

  it('names every field of a rule', () => {
    const [, table = ''] = /\n\| Field \|.*\n\|---.*\n([\s\S]*?)\n\n/.exec(page) ?? [];
    const named = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, field]) => field),
    );
    expect(new Set(named)).toEqual(new Set(Object.keys(alertRuleBody.shape)));
  });

  it('names aggregates that can be measured', () => {
    const [, table = ''] = /\n\| Aggregate \|.*\n\|---.*\n([\s\S]*?)\n\n/.exec(page) ?? [];
    const aggregates = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text),
    );
    expect(aggregates.length).toBeGreaterThan(6);
    for (const aggregate of aggregates) {
      expect(() =>
        measureOf({ aggregate, query: 'level:error !release:web@2.*', environment: 'production' }),
      ).not.toThrow();
      expect(readAggregate(aggregate).plural).not.toBe('');
    }
  });

  it('shows what a webhook is sent', () => {
    const [shown] = blocks('json').map((text) => JSON.parse(text) as Record<string, object>);
    const { id: ruleId, name: ruleName, ...rule } = aRule({ projectId: '1' });
    const subject = { ...rule, ruleId, ruleName, startedAt: rule.createdAt, value: 1 };
    const where = { publicUrl: 'https://postflow.example', project: 'web', nowMs: Date.parse(rule.createdAt) };
    const told = {
      ...{ organization: 'acme', incident: 7, change: 3, notificationId: 'n', status: 'critical' },
      subject,
    };
    const sent = JSON.parse(webhookBody(where, { ...told, createdAt: rule.createdAt } as never)) as Record<
      string,
      object
    >;
    const fields = (all: Record<string, object>) => ['rule', 'incident'].map((name) => Object.keys(all[name] ?? {}));
    expect([Object.keys(shown ?? {}), ...fields(shown ?? {})]).toEqual([Object.keys(sent), ...fields(sent)]);
  });
});

function isFine(status: unknown): boolean {
  return typeof status === 'number' && status >= 200 && status < 300;
}
