import type middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { RefusalError } from '../../lib/platform/errors.ts';
import { refusalAnswer, toGatewayResult } from './http-answer.ts';
import type { DoorNature } from './http-door.ts';
import type { AppSource, BaseApp } from './start-app.ts';

/** Turns whatever was thrown into an answer: the one place where domain errors become HTTP. */
export function answerErrors<A extends BaseApp>(
  door: DoorNature<A>,
  appOf: AppSource<A>,
): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    name: 'answerErrors',
    async onError(request) {
      const requestId = request.event.requestContext.requestId;
      const { error } = request;
      // Without an app (it could not start) only the standard answer can be given.
      const app = await appOf().catch(() => undefined);
      const refusal = error instanceof RefusalError ? error : undefined;
      const shaped =
        door.refusePage?.(app, refusal, requestId) ??
        (app === undefined ? undefined : door.refuse?.(app, refusal, request.event));
      const answer = shaped ?? refusalAnswer(error, requestId);
      request.response = toGatewayResult(answer, requestId);
    },
  };
}
