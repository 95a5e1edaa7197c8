import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { httpDoor } from '../functions/middleware/http-door.ts';
import { door } from '../functions/slack-commands.ts';
import { awsClient } from '../lib/platform/aws-client.ts';
import { openSignedTable } from '../lib/platform/signed-table.ts';
import { storedEvent } from './support/http-event.ts';
import { lambdaContext } from './support/lambda-context.ts';
import { localAws } from './support/local-aws.ts';
import { type ReceivedRequest, startScriptedServer } from './support/scripted-server.ts';
import { createSlackAcme, type SlackAcme } from './support/slack-acme.ts';
import { createTestApp } from './support/test-app.ts';

// What a command asks of DynamoDB, as it goes over the wire: Slack waits three seconds for the answer, a cold start included.

let acme: SlackAcme;
let wire: Awaited<ReturnType<typeof startScriptedServer>>;

beforeAll(async () => {
  acme = await createSlackAcme(await createTestApp({ now: 1_772_442_000_000 }));
  wire = await startScriptedServer(passOn);
});
afterAll(() => wire.stop());

async function passOn({ headers, body }: ReceivedRequest) {
  const names = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target'];
  const sent = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  const answer = await fetch(inject('dynamoDbEndpoint'), { method: 'POST', headers: sent, body });
  return { status: answer.status, body: await answer.text() };
}

it.each([
  'help',
  'link',
  'unlink',
  'link-team',
  'unlink-team',
  'direct-message',
  'unknown-command',
  'unknown-workspace',
])('one request is on the wire for %s', async (event) => {
  const table = openSignedTable(acme.app.tableName, awsClient(localAws(wire.url)));
  const app = { ...acme.app, table, signingSecret: 'test-signing-secret' };
  const before = wire.received.length;
  const answer = await httpDoor(door as never, async () => app as never)(
    storedEvent(`slack-commands/${event}`),
    lambdaContext(),
  );
  expect(answer.statusCode).toBe(200);
  const asked = wire.received.slice(before).map(({ headers }) => headers['x-amz-target']);
  expect(asked).toEqual(['DynamoDB_20120810.BatchGetItem']);
});
