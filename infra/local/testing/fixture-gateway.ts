import { createGateway } from '../gateway/gateway.ts';
import type { GatewayRequest } from '../gateway/gateway-answer.ts';
import type { Outcome } from '../lambda/outcome.ts';
import type { ApiModel } from '../template/stack-model.ts';

/** An API with one method, `POST /things/{thing}`. */
export const api: ApiModel = {
  id: 'abc0000000',
  stage: 'live',
  methods: [
    {
      resourceId: 'r1',
      resourcePath: '/things/{thing}',
      httpMethod: 'POST',
      functionName: 'fn',
      timeoutMilliseconds: 50,
    },
  ],
  binaryMediaTypes: ['application/octet-stream', 'image/png'],
  minimumCompressionSize: 64,
  stageVariables: {},
  gatewayResponses: [],
};

/** A request that this method serves. */
export const request: GatewayRequest = {
  method: 'POST',
  rawPath: '/things/a%20b/',
  rawQuery: 'q=1&q=two+words&r=%C3%A9',
  headers: [
    ['Host', 'api.example:3000'],
    ['Content-Type', 'text/plain'],
    ['Content-Length', '5'],
    ['X-Twice', 'one'],
    ['X-Twice', 'two'],
  ],
  body: Buffer.from('héy'),
  sourceIp: '203.0.113.9',
};

/** Sends a request through a gateway whose function gives a fixed answer; gives the event that it saw as well. */
export async function send(
  changed: Partial<GatewayRequest> = {},
  given: { answer?: unknown; outcome?: Partial<Outcome>; api?: Partial<ApiModel>; never?: true } = {},
) {
  const seen: { event?: Record<string, unknown> } = {};
  const gateway = createGateway({
    api: { ...api, ...given.api },
    accountId: '000000000000',
    async invoke(_name, payload) {
      seen.event = JSON.parse(payload) as Record<string, unknown>;
      if (given.never) await new Promise(() => {});
      const payloadOut = JSON.stringify(given.answer ?? { statusCode: 200, body: 'ok' });
      return { requestId: 'i', payload: payloadOut, failed: false, logs: [], ...given.outcome };
    },
  });
  const answer = await gateway({ ...request, ...changed });
  return { ...seen, answer, text: answer.body.toString() };
}
