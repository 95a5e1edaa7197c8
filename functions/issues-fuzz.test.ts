import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createIssue } from '../lib/issues/index.ts';
import { createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';

let client: ApiClient;

beforeAll(async () => {
  const acme = await createAcme();
  for (const title of ['one', 'two']) await createIssue(acme.app, { organization: 'acme', project: 'web', title });
  client = apiClient(acme.app, await acme.token(['event:write'], people.mia));
});

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    'WEB-1',
    'web-I',
    '-1',
    '0',
    '9'.repeat(21),
    '\0',
    'ﬁ-1',
    'a'.repeat(3_000),
    'WEB-0',
    '"',
    '::',
    'is:resolved',
  ),
);
const part = odd.filter((text) => text !== '' && text.isWellFormed()).map(encodeURIComponent);
const search = fc
  .array(fc.tuple(fc.constantFrom('id', 'status', 'query', 'cursor', 'per_page', 'project'), odd), { maxLength: 4 })
  .map((pairs) => new URLSearchParams(pairs).toString());
const field = fc.oneof(odd, fc.constantFrom('resolved', 'muted', null, false, true, {}), fc.jsonValue({ maxDepth: 2 }));
const body = fc.oneof(
  fc.record(
    {
      status: field,
      statusDetails: fc.oneof(field, fc.record({ inRelease: field, inNextRelease: field }, { requiredKeys: [] })),
      snoozeDuration: field,
      inbox: field,
      assignedTo: field,
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue({ maxDepth: 1 }),
);
const path = fc.oneof(
  part.map((issue) => `/api/0/issues/${issue}/`),
  part.map((issue) => `/api/0/organizations/acme/issues/${issue}/`),
  part.map((project) => `/api/0/projects/acme/${project}/issues/`),
  fc.constantFrom('/api/0/projects/acme/web/issues/', '/api/0/organizations/acme/issues/', '/api/0/issues/WEB-1/'),
);

describe('issues over HTTP', () => {
  it('answer whatever comes with less than 500, and as the document says', async () => {
    const runs = fc.asyncProperty(path, search, body, fc.boolean(), async (address, query, sent, write) => {
      const to = `${address}?${query}`;
      const { status } = write ? await client.put(to, sent) : await client.get(to);
      expect(status).toBeLessThan(500);
    });
    await fc.assert(runs, { numRuns: 400 });
  });
});
