import type middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { RefusalError } from '../../lib/platform/errors.ts';
import { jsonLog, type LogFields } from '../../lib/platform/log.ts';
import type { DoorNature } from './http-door.ts';
import type { AppSource, BaseApp } from './start-app.ts';

/**
 * Counts every outcome, logs one line a request, and the cause of what was not foreseen. The line says what (route, status)
 * and, once the caller is known, for which organization; never anything that was sent, the address included.
 */
export function observeOutcome<A extends BaseApp>(
  door: DoorNature<A>,
  appOf: AppSource<A>,
): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const counters = door.counters ?? {
    success: `${door.name}.success`,
    failure: (code: string) => `${door.name}.failure.${code}`,
  };
  return {
    name: 'observeOutcome',
    async before({ event }) {
      const app = await appOf().catch(() => undefined);
      app?.log.about(requestFields(event));
    },
    async after({ response }) {
      const app = await appOf();
      app.metrics.count(counters.success);
      app.log.info('answered', { status: response?.statusCode });
      app.metrics.flush();
    },
    async onError({ error, response, event }) {
      const refusal = error instanceof RefusalError ? error : undefined;
      const app = await appOf().catch(() => undefined);
      if (app === undefined) {
        jsonLog().error('the function cannot start', error, { requestId: event.requestContext.requestId });
        return;
      }
      app.metrics.count(counters.failure(refusal?.code ?? 'unknown'));
      const fields = { status: response?.statusCode, code: refusal?.code ?? 'unknown' };
      if (refusal === undefined || refusal.status >= 500) app.log.error('failed', error, fields);
      else app.log.info('refused', fields);
      app.metrics.flush();
    },
  };
}

/** What every log line of a request says; `caller` is whoever was authenticated. */
export function requestFields(event: APIGatewayProxyEvent, caller?: unknown): LogFields {
  const organization = (caller as { readonly organization?: unknown } | null | undefined)?.organization;
  return {
    requestId: event.requestContext.requestId,
    route: `${event.httpMethod} ${event.resource}`,
    ...(typeof organization === 'string' && { organization }),
  };
}
