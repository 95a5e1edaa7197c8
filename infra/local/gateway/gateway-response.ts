import type { GatewayResponseModel } from '../template/stack-model.ts';
import type { GatewayAnswer } from './gateway-answer.ts';

interface OwnAnswer {
  readonly statusCode: number;
  readonly message: string;
  readonly errorType: string;
}

/** The answers that API Gateway gives by itself: docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html. */
const ownAnswers = {
  MISSING_AUTHENTICATION_TOKEN: {
    statusCode: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  REQUEST_TOO_LARGE: { statusCode: 413, message: 'Request Too Long', errorType: 'BadRequestException' },
  UNSUPPORTED_MEDIA_TYPE: { statusCode: 415, message: 'Unsupported Media Type', errorType: 'BadRequestException' },
  INTEGRATION_TIMEOUT: {
    statusCode: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
  // A function that fails or answers in the wrong form has no type of its own.
  DEFAULT_5XX: { statusCode: 502, message: 'Internal server error', errorType: 'InternalServerErrorException' },
} as const satisfies Record<string, OwnAnswer>;

/** The types of answers that this stand-in gives by itself. */
export type GatewayResponseType = keyof typeof ownAnswers;

/** Words an answer of API Gateway's own, with the template's GatewayResponse for its type or for its class of status. */
export function gatewayResponse(
  type: GatewayResponseType,
  models: readonly GatewayResponseModel[],
  requestId: string,
): GatewayAnswer {
  const own: OwnAnswer = ownAnswers[type];
  const fallback = own.statusCode < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  const model =
    models.find(({ responseType }) => responseType === type) ??
    models.find(({ responseType }) => responseType === fallback);
  const [contentType, template] = templateOf(model);
  const values: Readonly<Record<string, string>> = {
    'error.message': own.message,
    'error.messageString': JSON.stringify(own.message),
    'error.responseType': type,
    requestId,
  };
  const body = template.replace(/\$context\.([a-zA-Z.]*[a-zA-Z])/g, (whole, name: string) => values[name] ?? whole);
  return {
    statusCode: model?.statusCode ?? own.statusCode,
    headers: [
      ['Content-Type', contentType],
      ['x-amzn-ErrorType', own.errorType],
      ...Object.entries(model?.headers ?? {}),
    ],
    body: Buffer.from(body),
  };
}

function templateOf(model: GatewayResponseModel | undefined): readonly [contentType: string, template: string] {
  const json = model?.templates['application/json'];
  const [first] = Object.entries(model?.templates ?? {});
  if (json === undefined && first !== undefined) return first;
  return ['application/json', json ?? '{"message":$context.error.messageString}'];
}
