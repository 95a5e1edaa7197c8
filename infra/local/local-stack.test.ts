import { once } from 'node:events';
import { connect } from 'node:net';
import {
  InvokeCommand,
  LambdaClient,
  RequestTooLargeException,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, test } from 'vitest';
import type { TemplateResource } from '../synthesize.ts';
import { type Fixture, type RunningFixture, restApi, runFixture } from './testing/fixture-stack.ts';

const started: RunningFixture[] = [];
const clients: { destroy(): void }[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all(started.splice(0).map((fixture) => fixture.close()));
});

async function run(fixture: Fixture): Promise<RunningFixture> {
  const running = await runFixture(fixture);
  started.push(running);
  return running;
}

function clientOptions(endpoint: string) {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
}

const echo = {
  code: `export const handler = async (event) => ({
    statusCode: event.httpMethod === 'POST' ? 201 : 200,
    body: JSON.stringify({ path: event.path, pid: process.pid, body: event.body, base64: event.isBase64Encoded }),
  });`,
};

describe('the API', () => {
  test('leads requests to functions, bytes and escapes untouched', async () => {
    const api = restApi({ 'POST /things/{thing}': 'Echo' }, { BinaryMediaTypes: ['application/octet-stream'] });
    const { url } = await run({ functions: { Echo: echo }, resources: api });
    const response = await fetch(`${url}/things/a%2Fb/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: new Uint8Array([0, 255]),
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({ path: '/things/a%2Fb/', body: 'AP8=', base64: true });
    expect((await fetch(`${url}/things/`)).status).toBe(403);
  });

  test('answers a body above 10 MB that it does not keep', async () => {
    const { url } = await run({ functions: { Echo: echo }, resources: restApi({ 'POST /things': 'Echo' }) });
    const response = await fetch(`${url}/things`, { method: 'POST', body: new Uint8Array(10_485_761) });
    expect([response.status, await response.text()]).toEqual([413, 'HTTP content length exceeded 10485760 bytes.']);
  });

  test('answers 502 when a worker is killed at work, and the next request gets a new one', async () => {
    const hang = {
      code: `export const handler = async ({ httpMethod }) =>
      httpMethod === 'GET' ? { statusCode: 200, body: String(process.pid) } : new Promise(() => { console.log('hanging'); setInterval(() => {}, 99); });`,
    };
    const { url, stack, log } = await run({ functions: { Hang: hang }, resources: restApi({ 'ANY /': 'Hang' }) });
    const dying = fetch(url, { method: 'POST' });
    while (!log.includes('Hang: hanging')) await new Promise(setImmediate);
    for (const pid of stack.workerPids()) process.kill(pid, 'SIGKILL');
    const response = await dying;
    expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
    expect((await fetch(url)).status).toBe(200);
  });

  test('survives a client that hangs up in the middle of its body', async () => {
    const { url, log } = await run({ functions: { Echo: echo }, resources: restApi({ 'POST /': 'Echo' }) });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    socket.destroy();
    await once(socket, 'close');
    expect((await fetch(url, { method: 'POST', body: 'whole' })).status).toBe(201);
    expect(log).toEqual([]);
  });
});

describe('Lambda through the SDK', () => {
  const work = {
    code: `export const handler = async (event) => { console.log('seen', event.n); if (event.fail) throw new Error('no'); return { n: event.n }; };`,
  };

  test('invokes a function and gives its answer and log', async () => {
    const { awsUrl } = await run({ functions: { Work: work } });
    const client = new LambdaClient(clientOptions(awsUrl));
    clients.push(client);
    const invoke = (payload: string, name = 'Work') =>
      client.send(new InvokeCommand({ FunctionName: name, Payload: payload, LogType: 'Tail' }));

    const good = await invoke('{"n":1}');
    expect([good.StatusCode, good.FunctionError, good.Payload?.transformToString()]).toEqual([
      200,
      undefined,
      '{"n":1}',
    ]);
    expect(Buffer.from(good.LogResult ?? '', 'base64').toString()).toMatch(/^START .*\nseen 1\nEND .*\nREPORT .*\n$/);

    const bad = await invoke('{"n":2,"fail":true}', 'arn:aws:lambda:us-east-1:000000000000:function:Work');
    expect(bad.FunctionError).toBe('Unhandled');
    expect(JSON.parse(bad.Payload?.transformToString() ?? '')).toMatchObject({
      errorType: 'Error',
      errorMessage: 'no',
    });

    await expect(invoke('{}', 'Nowhere')).rejects.toThrow(ResourceNotFoundException);
    await expect(invoke('not json')).rejects.toThrow(/Could not parse request body/);
    await expect(invoke(JSON.stringify('x'.repeat(6_291_456)))).rejects.toThrow(RequestTooLargeException);
  });

  test('runs asynchronous events, tries twice again and gives up to queue and destination', async () => {
    const resources: Record<string, TemplateResource> = {
      Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
      Config: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Work' },
          Qualifier: '$LATEST',
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failed', 'Arn'] } } },
        },
      },
    };
    const properties = { DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } };
    const { awsUrl, stack, log } = await run({ functions: { Work: { ...work, properties } }, resources });
    const client = new LambdaClient(clientOptions(awsUrl));
    clients.push(client);
    const Payload = '{"n":7,"fail":true}';
    const accepted = await client.send(new InvokeCommand({ FunctionName: 'Work', InvocationType: 'Event', Payload }));
    expect(accepted.StatusCode).toBe(202);
    const tally = await stack.runSchedules();
    expect(tally.deadLetters).toBe(1);
    expect(log.filter((line) => line === 'Work: seen 7')).toHaveLength(3);

    const receive = async (queue: string) => {
      const response = await fetch(awsUrl, {
        method: 'POST',
        headers: { 'X-Amz-Target': 'AmazonSQS.ReceiveMessage' },
        body: JSON.stringify({ QueueUrl: `${awsUrl}/000000000000/${queue}` }),
      });
      return (await response.json()) as { Messages: { Body: string; MessageAttributes?: unknown }[] };
    };
    const requestId = accepted.$metadata.requestId;
    expect((await receive('dead')).Messages).toMatchObject([
      {
        Body: Payload,
        MessageAttributes: { RequestID: { StringValue: requestId }, ErrorMessage: { StringValue: 'no' } },
      },
    ]);
    const [record] = (await receive('failed')).Messages;
    expect(JSON.parse(record?.Body ?? '')).toMatchObject({
      requestContext: { requestId, condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { n: 7, fail: true },
      responsePayload: { errorMessage: 'no' },
    });
  });
});

describe('Secrets Manager through the SDK', () => {
  test('gives the starter’s value by name and by ARN', async () => {
    const { awsUrl } = await run({
      resources: { App: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'app' } } },
    });
    const client = new SecretsManagerClient(clientOptions(awsUrl));
    clients.push(client);
    const byName = await client.send(new GetSecretValueCommand({ SecretId: 'app' }));
    expect(byName).toMatchObject({ Name: 'app', SecretString: 'secret of app', VersionStages: ['AWSCURRENT'] });
    expect(byName.CreatedDate).toBeInstanceOf(Date);
    const byArn = await client.send(new GetSecretValueCommand({ SecretId: byName.ARN }));
    expect(byArn.SecretString).toBe('secret of app');
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('/__local', () => {
  const schedule: TemplateResource = {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: 'rate(1 minute)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: { 'Fn::GetAtt': ['Work', 'Arn'] }, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
    },
  };
  const work = { code: 'export const handler = async ({ at }) => console.log(at);' };

  test('runs the schedules on request and answers when all is over', async () => {
    const resources = { Schedule: schedule, ...restApi({ 'ANY /{proxy+}': 'Work' }) };
    const { url, log } = await run({ functions: { Work: work }, resources });
    const runNow = () => fetch(`${url}/__local/schedule`, { method: 'POST' }).then((response) => response.json());
    expect(await runNow()).toEqual({ invocations: 1, failures: 0, deadLetters: 0 });
    await runNow();
    const times = log.map((line) => line.replace('Work: ', ''));
    expect(times).toHaveLength(2);
    for (const time of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(times[1] ?? '')).toBeGreaterThan(Date.parse(times[0] ?? ''));
    expect((await fetch(`${url}/__local/schedule`)).status).toBe(405);
  });

  test('leaves all other addresses below it to the pages', async () => {
    const pages = async (request: Request) => new Response(`page ${new URL(request.url).pathname}`);
    const { url } = await run({
      functions: { Work: work },
      resources: restApi({ 'ANY /{proxy+}': 'Work' }),
      options: { pages },
    });
    expect(await (await fetch(`${url}/__local/slack/messages`)).text()).toBe('page /__local/slack/messages');
    const bare = await fetch(`${url}/__local`);
    expect([bare.redirected, await bare.text()]).toEqual([true, 'page /__local/']);
  });
});
