import { AwsV4Signer } from 'aws4fetch';
import { afterEach, describe, expect, it } from 'vitest';
import { localAws } from '../../tests/support/local-aws.ts';
import { type ScriptedAnswer, startScriptedServer } from '../../tests/support/scripted-server.ts';
import { awsClient, awsSurroundings } from './aws-client.ts';
import { UnavailableError } from './errors.ts';
import { fetchSecrets } from './secrets.ts';
import { signAwsRequest } from './sign-aws-request.ts';
import { openSignedTable } from './signed-table.ts';

const service = { name: 'things', targetPrefix: 'Things_1', contentType: 'application/x-amz-json-1.0' } as const;
const fine = { status: 200, body: '{"fine":true}' };
const refusal = (status: number, type: string) => ({
  status,
  body: JSON.stringify({ __type: `x#${type}`, message: 'no' }),
});

let stop = () => {};
afterEach(() => stop());

/** A client of a server that gives these answers one after the other, and the last of them for ever. */
async function clientOf(...answers: readonly ScriptedAnswer[]) {
  const server = await startScriptedServer((_, count) => answers[count - 1] ?? answers.at(-1) ?? fine);
  stop = server.stop;
  return { ...server, aws: awsClient(localAws(server.url)) };
}

describe('a client of AWS', () => {
  it('names the operation, and signs as others do', async () => {
    const { aws, received } = await clientOf(fine);
    expect(await aws.call(service, 'GetThing', { id: 1 })).toEqual({ fine: true });
    expect(received).toMatchObject([
      { headers: { 'x-amz-target': 'Things_1.GetThing', 'content-type': service.contentType }, body: '{"id":1}' },
    ]);
  });

  it.each([[undefined], ['a session']])(
    'has the signature of another implementation, session token %s',
    async (token) => {
      const keys = {
        accessKeyId: 'AKIA',
        secretAccessKey: 'hush',
        ...(token !== undefined && { sessionToken: token }),
      };
      const url = new URL('https://dynamodb.eu-central-1.amazonaws.com/');
      const headers = { 'content-type': service.contentType, 'x-amz-target': 'DynamoDB_20120810.GetItem' };
      const what = { url, headers, body: '{"é":1}', service: 'dynamodb', region: 'eu-central-1' };
      const ours = signAwsRequest(what, keys, Date.UTC(2026, 2, 2, 9, 8, 7, 654));
      const signer = new AwsV4Signer({
        ...what,
        ...keys,
        headers: { ...headers, 'content-length': '8' },
        url: url.href,
        method: 'POST',
        datetime: '20260302T090807Z',
        allHeaders: true,
      });
      const theirs = (await signer.sign()).headers;
      expect(ours).toEqual({ ...Object.fromEntries(theirs), host: url.host });
    },
  );

  it.each<[string, ScriptedAnswer]>([
    ['a server error', { status: 502, body: '<html>' }],
    ['throttling', refusal(400, 'ThrottlingException')],
    ['silence', 'silence'],
  ])('tries again after %s', async (_, failure) => {
    const { aws, received } = await clientOf(failure, fine);
    expect(await aws.call(service, 'GetThing', {})).toEqual({ fine: true });
    expect(received).toHaveLength(2);
  });

  it('gives up after five attempts', async () => {
    const { aws, received } = await clientOf(refusal(500, 'InternalServerError'));
    await expect(aws.call(service, 'GetThing', {})).rejects.toMatchObject({ name: 'InternalServerError', status: 500 });
    expect(received).toHaveLength(5);
  });

  it('is told at once what is refused for good', async () => {
    const { aws, received } = await clientOf(refusal(400, 'AccessDeniedException'));
    await expect(aws.call(service, 'GetThing', {})).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'no',
    });
    expect(received).toHaveLength(1);
  });

  it.each([
    ['eu-central-1', {}, undefined],
    ['eu-central-1', { AWS_ENDPOINT_URL: 'http://all' }, 'http://all'],
    ['eu-central-1', { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_THINGS: 'http://things' }, 'http://things'],
  ])('goes where the environment leads: %s %j', (region, variables, endpoint) => {
    const surroundings = awsSurroundings({ AWS_REGION: region, ...variables });
    expect(surroundings).toMatchObject({ region });
    expect(surroundings.endpointOf(service)).toBe(endpoint);
  });
});

describe('a table whose database', () => {
  it('is away is unavailable for a moment', async () => {
    const { url } = await clientOf(fine);
    stop();
    const table = openSignedTable('things', awsClient(localAws(url)));
    await expect(table.get({ pk: 'p', sk: 's' })).rejects.toThrow(UnavailableError);
  });

  it('has no time for some of the keys is asked for these again', async () => {
    const key = { pk: { S: 'p' }, sk: { S: 's' } };
    const { aws, received } = await clientOf(
      {
        status: 200,
        body: JSON.stringify({ Responses: { things: [] }, UnprocessedKeys: { things: { Keys: [key] } } }),
      },
      { status: 200, body: JSON.stringify({ Responses: { things: [key] }, UnprocessedKeys: {} }) },
    );
    expect(await openSignedTable('things', aws).batchGet([{ pk: 'p', sk: 's' }])).toEqual([{ pk: 'p', sk: 's' }]);
    expect(received).toHaveLength(2);
  });
});

describe('the secrets', () => {
  it('are fetched by the id of where they are', async () => {
    const names = ['slackSigningSecret', 'slackClientSecret', 'upstashToken', 'linkSigningKey', 'tokenEncryptionKey'];
    const value = Object.fromEntries(names.map((name) => [name, `the ${name}`]));
    const { aws, received } = await clientOf({
      status: 200,
      body: JSON.stringify({ SecretString: JSON.stringify(value) }),
    });
    expect(await fetchSecrets('arn', aws)).toMatchObject(value);
    expect(received).toMatchObject([
      { headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' }, body: '{"SecretId":"arn"}' },
    ]);
  });

  it.each(['', 'not JSON', '{}'])('that are none are a mistake of the configuration: %j', async (text) => {
    const { aws } = await clientOf({ status: 200, body: JSON.stringify({ SecretString: text }) });
    await expect(fetchSecrets('arn', aws)).rejects.toThrow('docs/deploy.md');
  });
});
