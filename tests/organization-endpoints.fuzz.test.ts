import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Acme, createAcme, people } from './support/acme.ts';
import { type ApiClient, apiClient } from './support/api.ts';

let acme: Acme;
let api: ApiClient;

beforeAll(async () => {
  acme = await createAcme();
  const scopes = [
    'project:read',
    'project:write',
    'org:read',
    'org:write',
    'org:ci',
    'team:write',
    'member:read',
  ] as const;
  api = apiClient(acme.app, await acme.token(scopes, people.olivia));
});

/** Texts that break things: of any characters, half ones included, of any length, and what others would take for keys. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    'a#b',
    '..',
    '__proto__',
    'constructor',
    '9'.repeat(400),
    'x'.repeat(3_000),
    'web',
  ),
);
const anything = fc.oneof(text, fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.constant(null));
const part = text.filter((value) => value.isWellFormed() && value !== '').map(encodeURIComponent);
const runs = { numRuns: 60 };

function body(...fields: string[]): fc.Arbitrary<unknown> {
  const record = fc.record(Object.fromEntries(fields.map((field) => [field, anything])), { requiredKeys: [] });
  return fc.oneof({ weight: 5, arbitrary: record }, fc.array(record, { maxLength: 3 }), anything);
}

/** No answer is a failure of ours, and every refusal says something. The client compares it with the OpenAPI document. */
async function answersWell(method: string, path: string, sent?: unknown): Promise<void> {
  const answer = await api.send(method, path, sent === undefined ? undefined : JSON.stringify(sent));
  expect(answer.status, `${method} ${path} ${JSON.stringify(sent)}`).toBeLessThan(500);
  if (answer.status >= 400) expect(Object.keys(answer.body as object).length).toBeGreaterThan(0);
}

describe('whatever is sent, the answer is no failure of ours', () => {
  it.each([
    ['POST', '/api/0/teams/acme/backend/projects/', body('name', 'slug', 'platform', 'default_rules')],
    ['PUT', '/api/0/projects/acme/api/', body('name', 'platform', 'team')],
    ['PUT', '/api/0/users/me/notification-settings/', body('project', 'kind', 'value')],
    ['PUT', '/api/0/teams/acme/backend/notification-settings/', body('project', 'kind', 'value')],
    ['POST', '/api/0/organizations/acme/org-auth-tokens/', body('name', 'scopes', 'expiresAt')],
  ])('as the body of %s %s', async (method, path, bodies) => {
    await fc.assert(
      fc.asyncProperty(bodies, (sent) => answersWell(method, path, sent)),
      runs,
    );
  });

  it.each([
    ['GET', (named: string) => `/api/0/organizations/${named}/projects/`],
    ['GET', (named: string) => `/api/0/projects/acme/${named}/`],
    ['GET', (named: string) => `/api/0/teams/acme/${named}/projects/`],
    ['PUT', (named: string) => `/api/0/projects/acme/${named}/`],
    ['DELETE', (named: string) => `/api/0/organizations/acme/org-auth-tokens/${named}/`],
    ['GET', (named: string) => `/api/0/organizations/acme/members/?cursor=${named}`],
    [
      'GET',
      (named: string) => `/api/0/organizations/acme/teams/?cursor=${Buffer.from(`>${named}`).toString('base64url')}`,
    ],
    ['GET', (named: string) => `/api/0/organizations/acme/projects/?per_page=${named}`],
  ])('in the address of %s', async (method, path) => {
    await fc.assert(
      fc.asyncProperty(part, (named) => answersWell(method, path(named), method === 'PUT' ? {} : undefined)),
      runs,
    );
  });
});
