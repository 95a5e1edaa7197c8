import { readFileSync } from 'node:fs';
import type { APIGatewayProxyEvent } from 'aws-lambda';

/** What a test says of a request; the rest is as API Gateway fills it in. */
export interface TestRequest {
  readonly method?: string;
  /** The route's template, such as `/api/0/organizations/{org}/releases`. */
  readonly resource: string;
  readonly pathParameters?: Record<string, string>;
  readonly headers?: Record<string, string | string[]>;
  readonly query?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
  readonly base64?: boolean;
}

/** A REST API event, shaped exactly as API Gateway shapes it. */
export function httpEvent(request: TestRequest): APIGatewayProxyEvent {
  const { method = 'POST', resource, pathParameters, headers = {}, query, body } = request;
  const path = resource.replace(/\{([^}+]+)\+?\}/g, (_, name: string) => pathParameters?.[name] ?? '');
  const multiValueHeaders = lists({ 'Content-Type': 'application/json', ...headers });
  const multiValueQuery = query === undefined ? null : lists(query);
  const base64 = request.base64 ?? Buffer.isBuffer(body);
  return {
    resource,
    path,
    httpMethod: method,
    headers: lasts(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: multiValueQuery === null ? null : lasts(multiValueQuery),
    multiValueQueryStringParameters: multiValueQuery,
    pathParameters: pathParameters ?? null,
    stageVariables: null,
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      authorizer: null,
      httpMethod: method,
      identity: identity(),
      path,
      protocol: 'HTTP/1.1',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      requestTimeEpoch: 0,
      resourceId: 'test',
      resourcePath: resource,
      stage: 'prod',
    },
    body: body === undefined ? null : Buffer.from(body).toString(base64 ? 'base64' : 'utf8'),
    isBase64Encoded: base64,
  };
}

/** A stored event: `events/<function>/<case>.json`. */
export function storedEvent<T = APIGatewayProxyEvent>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../events/${name}.json`, import.meta.url), 'utf8')) as T;
}

function lists(entries: Record<string, string | string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, [value].flat()]));
}

function lasts(entries: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).map(([name, values]) => [name, values.at(-1) ?? '']));
}

function identity(): APIGatewayProxyEvent['requestContext']['identity'] {
  return {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: '127.0.0.1',
    user: null,
    userAgent: 'test',
    userArn: null,
  };
}
