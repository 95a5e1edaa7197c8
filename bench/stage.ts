import { randomUUID } from 'node:crypto';
import { apiDoor, type ServedEndpoint } from '../functions/middleware/api-door.ts';
import { startDynamoDb } from '../infra/local/engines/dynamodb.ts';
import { startUpstash } from '../infra/local/engines/upstash.ts';
import { tokenCache } from '../lib/organizations/index.ts';
import { type Acme, createAcme } from '../tests/support/acme.ts';
import { servedByFunction } from '../tests/support/api.ts';
import { appOver, type Engines } from '../tests/support/app-over-engines.ts';
import { type CapacityMeter, capacityMeter } from '../tests/support/capacity-meter.ts';
import { httpEvent, type TestRequest } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';

/** A request as a benchmark says it: the body is a value. */
export type StageRequest = Omit<TestRequest, 'body' | 'base64'> & { readonly body?: unknown };

/** The organization `acme` over fresh tables of a running engine, and a way through its doors. */
export interface Stage {
  readonly acme: Acme;
  readonly meter: CapacityMeter;
  /** HTTP event in, answer out. @throws Error when the answer is a refusal. */
  call(request: StageRequest): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Forgets every token that it has seen, as a function does that has just started. */
  forgetTokens(): void;
}

/** As long as API Gateway waits for an answer. */
const gatewayWaitsMs = 29_000;
const endpoints = Object.values(servedByFunction).flat() as unknown as readonly ServedEndpoint<never>[];

/** Runs `work` with the embedded engines and ends them afterwards. */
export async function withEngines(work: (engines: Engines) => Promise<void>): Promise<void> {
  const token = randomUUID();
  const dynamoDb = await startDynamoDb();
  const upstash = await startUpstash({ token, say: console.log });
  try {
    await work({ dynamoDbEndpoint: dynamoDb.endpoint, upstash: { url: upstash.url, token } });
  } finally {
    await upstash.close();
    await dynamoDb.close();
  }
}

/** Founds `acme` over tables of its own. */
export async function setStage(engines: Engines): Promise<Stage> {
  const meter = capacityMeter();
  const acme = await createAcme(await appOver(engines, { meter }));
  const token = await acme.token(['org:ci', 'project:releases', 'project:read', 'project:write']);
  let app = acme.app;
  const handler = apiDoor('bench', endpoints, (async () => app) as never);
  return {
    acme,
    meter,
    forgetTokens() {
      app = { ...app, tokens: tokenCache(app.clock) };
    },
    async call({ body, ...request }) {
      const event = httpEvent({
        ...request,
        headers: { Authorization: `Bearer ${token}`, ...request.headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const answer = await handler(event, { ...lambdaContext(), getRemainingTimeInMillis: () => gatewayWaitsMs });
      if (answer.statusCode >= 400) throw new Error(`${answer.statusCode}: ${answer.body.slice(0, 500)}`);
      return { status: answer.statusCode, body: JSON.parse(answer.body) as unknown };
    },
  };
}
