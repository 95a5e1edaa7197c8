import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { scopes } from '../lib/organizations/index.ts';
import { people } from './support/acme.ts';
import { type BusyAcme, createBusyAcme } from './support/busy-acme.ts';
import { type Operation, operations } from './support/documented-operations.ts';
import { oddRequests } from './support/odd-requests.ts';
import { tableDigest } from './support/table-digest.ts';

/** A run fails with the seed that repeats it: set it here. */
const seed = Number(process.env['FUZZ_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 20);

let acme: BusyAcme;
let known: BusyAcme['known'];
let person: string;
const cursors: string[] = [];

beforeAll(async () => {
  acme = await createBusyAcme();
  known = acme.known;
  // Of a person, so that reach is looked up and what is for people only is let into.
  person = await acme.token(scopes, people.olivia);
});

/** Messages by field, however deep; or the one key that clients print, which one refusal fills with parts. */
function isRefusal(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { detail, ...rest } = body as { readonly detail?: unknown };
  if (typeof detail === 'string') return detail !== '' && Object.keys(rest).length === 0;
  return isDeployRefusal(detail) || areFieldErrors(body);
}

function isDeployRefusal(detail: unknown): boolean {
  return (detail as { readonly code?: unknown } | undefined)?.code === 'parameter-validation-error';
}

function areFieldErrors(body: unknown): boolean {
  if (Array.isArray(body)) return body.length > 0 && body.every((text) => typeof text === 'string' && text !== '');
  return (
    typeof body === 'object' &&
    body !== null &&
    Object.values(body).every(areFieldErrors) &&
    Object.keys(body).length > 0
  );
}

/** What deletes comes last, behind what renames: what is there no more, nothing reaches. */
function rank({ method, path }: Operation): number {
  if (method === 'DELETE') return 2;
  return Number(method === 'PUT' && path.endsWith('{project}/'));
}

const ordered = operations.toSorted((one, other) => rank(one) - rank(other));
/** Reading the whole table takes longer than most requests. */
const digestEvery = 4;

describe('whatever is sent', { shuffle: false, timeout: 120_000 }, () => {
  it.each(ordered)('$method $path answers well, and what is refused changes nothing', async (operation) => {
    let run = 0;
    const requests = oddRequests(operation, known, () => cursors);
    const property = fc.asyncProperty(requests, async ({ path, body, headers }) => {
      run += 1;
      const compares = run % digestEvery === 0;
      const before = compares && (await tableDigest(acme.app));
      const answer = await acme.client.send(operation.method, path, body, {
        headers,
        ...(headers['Authorization'] === undefined && { token: person }),
      });
      expect(answer.status).toBeLessThan(500);
      if (answer.status >= 400 && !isRefusal(answer.body)) expect(answer.body).toBe('field errors or one key `detail`');
      if (compares && (answer.status >= 400 || operation.method === 'GET')) {
        expect(await tableDigest(acme.app), `changed by what was answered with ${answer.status}`).toBe(before);
      }
      for (const [, cursor = ''] of String(answer.headers['Link']).matchAll(/cursor="([^"]+)"/g)) cursors.push(cursor);
    });
    await fc.assert(property, { seed, numRuns, endOnFailure: true });
  });
});
