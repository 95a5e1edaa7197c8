import { randomUUID } from 'node:crypto';
import type { Outcome } from '../lambda/outcome.ts';
import { payloadLimitBytes } from '../lambda/outcome.ts';
import type { ApiModel, MethodModel } from '../template/stack-model.ts';
import { packAnswer, unpackRequest } from './compression.ts';
import type { GatewayAnswer, GatewayRequest } from './gateway-answer.ts';
import { type GatewayResponseType, gatewayResponse } from './gateway-response.ts';
import { bodyLimitBytes, bodyLimitMessage } from './limits.ts';
import { proxyAnswer } from './proxy-answer.ts';
import { proxyEvent } from './proxy-event.ts';
import { createRouteTable } from './route-table.ts';

/** Answers a request as the REST API would. */
export type Gateway = (request: GatewayRequest) => Promise<GatewayAnswer>;

/** What the gateway is made of. */
export interface GatewayOptions {
  readonly api: ApiModel;
  readonly accountId: string;
  readonly invoke: (functionName: string, payload: string) => Promise<Outcome>;
}

/**
 * Makes the stand-in of an API Gateway REST API with Lambda proxy integrations.
 * Throttling is left out: a limit that depends on how fast one machine is would help nobody.
 */
export function createGateway({ api, accountId, invoke }: GatewayOptions): Gateway {
  const findRoute = createRouteTable(api.methods);

  return async (received) => {
    const requestId = randomUUID();
    const own = (type: GatewayResponseType) => gatewayResponse(type, api.gatewayResponses, requestId);
    const answer = async (): Promise<GatewayAnswer> => {
      if (received.body.length > bodyLimitBytes) return bodyTooLarge();
      const match = findRoute(received.method, received.rawPath);
      if (match === undefined) return own('MISSING_AUTHENTICATION_TOKEN');

      const unpacked = api.minimumCompressionSize === undefined ? { request: received } : unpackRequest(received);
      if ('problem' in unpacked) {
        return own(unpacked.problem === 'too large' ? 'REQUEST_TOO_LARGE' : 'UNSUPPORTED_MEDIA_TYPE');
      }
      const { request } = unpacked;
      const event = JSON.stringify(proxyEvent(request, match, { api, accountId, requestId, nowMs: Date.now() }));
      if (Buffer.byteLength(event) > payloadLimitBytes) return own('REQUEST_TOO_LARGE');

      const outcome = await withinTimeout(invoke(match.method.functionName, event), match.method);
      if (outcome === undefined) return own('INTEGRATION_TIMEOUT');
      if (outcome.failed) return own('DEFAULT_5XX');
      return proxyAnswer(outcome.payload, request, api.binaryMediaTypes) ?? own('DEFAULT_5XX');
    };
    const given = await answer();
    const named: GatewayAnswer = { ...given, headers: [...given.headers, ['x-amzn-RequestId', requestId]] };
    return api.minimumCompressionSize === undefined ? named : packAnswer(received, named, api.minimumCompressionSize);
  };
}

/** The answer to a body above API Gateway's limit. */
export function bodyTooLarge(): GatewayAnswer {
  return {
    statusCode: 413,
    headers: [['Content-Type', 'text/plain; charset=utf-8']],
    body: Buffer.from(bodyLimitMessage),
  };
}

/** Gives `undefined` when the integration takes too long; the function itself runs on, as on AWS. */
async function withinTimeout(outcome: Promise<Outcome>, method: MethodModel): Promise<Outcome | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), method.timeoutMilliseconds);
  try {
    return await Promise.race([outcome, promise]);
  } finally {
    clearTimeout(timer);
  }
}
