import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { door } from './api-root.ts';
import { httpDoor } from './middleware/http-door.ts';

let acme: Acme;

beforeEach(async () => {
  acme = await createAcme();
});

async function answer(name: string, token?: string): Promise<{ status: number; body: unknown }> {
  const event = withToken(storedEvent(`api-root/${name}`), token);
  const { statusCode, body } = await httpDoor(door, async () => acme.app)(event, lambdaContext());
  return { status: statusCode, body: JSON.parse(body) as unknown };
}

const detail = expect.any(String) as unknown;

describe('the root of the API', () => {
  it('tells a person who they are', async () => {
    const token = await acme.token(['project:read', 'org:read'], people.mia);
    expect(await answer('info', token)).toEqual({
      status: 200,
      body: {
        version: '0',
        user: { id: expect.any(String) as unknown, email: people.mia },
        auth: { scopes: ['project:read', 'org:read'] },
      },
    });
    expect(JSON.stringify(acme.app.lines)).not.toContain(people.mia);
  });

  it('tells an organization what its token may do', async () => {
    expect(await answer('info', await acme.token(['org:ci']))).toEqual({
      status: 200,
      body: { version: '0', user: null, auth: { scopes: ['org:ci'] } },
    });
  });

  it('greets a stranger, but not somebody with a bad token', async () => {
    expect(await answer('anonymous')).toEqual({ status: 200, body: { version: '0', user: null, auth: null } });
    expect(await answer('info', '0'.repeat(64))).toEqual({ status: 401, body: { detail } });
    expect(await answer('info', 'nonsense')).toEqual({ status: 401, body: { detail } });
  });

  it('knows nobody who has left', async () => {
    const token = await acme.token(['org:read'], people.mia);
    const members = await Array.fromAsync(acme.app.table.queryAll({ partition: 'ORG#acme', beginsWith: 'MEMBER#' }));
    await acme.app.table.write(members.map(({ pk, sk }) => ({ delete: { pk, sk } })));
    expect(await answer('info', token)).toEqual({ status: 401, body: { detail } });
  });
});

describe('below the root', () => {
  it('says what does not exist, to anybody', async () => {
    const missing = { status: 404, body: { detail: 'The requested resource does not exist.' } };
    expect(await answer('chunk-upload', await acme.token(['org:ci']))).toEqual(missing);
    expect(await answer('chunk-upload')).toEqual(missing);
  });
});
