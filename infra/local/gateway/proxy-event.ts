import { randomUUID } from 'node:crypto';
import type { ApiModel } from '../template/stack-model.ts';
import { isBinary } from './binary-media-types.ts';
import { type GatewayRequest, headerOf } from './gateway-answer.ts';
import type { RouteMatch } from './route-table.ts';

/** What the event says besides the request. */
export interface EventSetting {
  readonly api: ApiModel;
  readonly accountId: string;
  readonly requestId: string;
  readonly nowMs: number;
}

/** Headers that end at the gateway. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The event of a Lambda proxy integration, REST API form. `path` and the path parameters stay percent-encoded as sent,
 * query parameters are decoded; where nothing is, `null` stands. The API stands at the root, as behind a custom domain.
 */
export function proxyEvent(request: GatewayRequest, match: RouteMatch, setting: EventSetting) {
  const { api, nowMs } = setting;
  const headers = eventHeaders(request, nowMs);
  const query = [...new URLSearchParams(request.rawQuery)];
  const binary = isBinary(headerOf(request.headers, 'content-type'), api.binaryMediaTypes);
  return {
    resource: match.method.resourcePath,
    path: request.rawPath,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: allOf(headers),
    queryStringParameters: lastOf(query),
    multiValueQueryStringParameters: allOf(query),
    pathParameters: nullIfEmpty(match.pathParameters),
    stageVariables: nullIfEmpty(api.stageVariables),
    requestContext: requestContext(request, match, setting),
    body: request.body.length === 0 ? null : request.body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && request.body.length > 0,
  };
}

function eventHeaders(request: GatewayRequest, nowMs: number): (readonly [string, string])[] {
  const sent = request.headers.filter(([name]) => !hopByHop.has(name.toLowerCase()));
  const forwardedFor = headerOf(sent, 'x-forwarded-for');
  const own = new Map([
    ['X-Amzn-Trace-Id', `Root=1-${Math.floor(nowMs / 1_000).toString(16)}-${hex(24)}`],
    ['X-Forwarded-For', forwardedFor === undefined ? request.sourceIp : `${forwardedFor}, ${request.sourceIp}`],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ]);
  const replaced = new Set([...own.keys()].map((name) => name.toLowerCase()));
  return [...sent.filter(([name]) => !replaced.has(name.toLowerCase())), ...own];
}

function requestContext(request: GatewayRequest, { method }: RouteMatch, setting: EventSetting) {
  const { api, accountId, requestId, nowMs } = setting;
  const domainName = headerOf(request.headers, 'host') ?? '127.0.0.1';
  return {
    resourceId: method.resourceId,
    resourcePath: method.resourcePath,
    httpMethod: request.method,
    extendedRequestId: hex(15),
    requestTime: commonLogTime(nowMs),
    path: request.rawPath,
    accountId,
    protocol: 'HTTP/1.1',
    stage: api.stage,
    domainPrefix: domainName.split('.')[0],
    requestTimeEpoch: nowMs,
    requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: request.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: headerOf(request.headers, 'user-agent') ?? null,
      user: null,
    },
    domainName,
    deploymentId: 'local',
    apiId: api.id,
  };
}

type Pairs = readonly (readonly [string, string])[];

function lastOf(pairs: Pairs): Record<string, string> | null {
  return nullIfEmpty(Object.fromEntries(pairs));
}

function allOf(pairs: Pairs): Record<string, string[]> | null {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return nullIfEmpty(Object.fromEntries(all));
}

function nullIfEmpty<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> | null {
  return Object.keys(record).length === 0 ? null : { ...record };
}

/** Such as 09/Apr/2015:12:34:56 +0000. */
function commonLogTime(nowMs: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(nowMs).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

function hex(length: number): string {
  return randomUUID().replaceAll('-', '').slice(0, length);
}
