import { GatewayResponse, type IRestApi, ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

interface Answer {
  readonly type: ResponseType;
  /** Only where it is another than API Gateway's own. */
  readonly status?: number;
  readonly detail: string;
  readonly retryAfterSeconds?: number;
}

const nothingHere = 'There is nothing at this address. Check the path and the method.';

/** What API Gateway says before, or instead of, one of our functions. */
const answers: readonly Answer[] = [
  // API Gateway's word for "no such route", although its own status is 403.
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, status: 404, detail: nothingHere },
  { type: ResponseType.RESOURCE_NOT_FOUND, status: 404, detail: nothingHere },
  { type: ResponseType.REQUEST_TOO_LARGE, detail: 'The body is too large. Send less at once.' },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    detail: 'The body cannot be read. Send it with gzip, deflate or no compression.',
  },
  { type: ResponseType.THROTTLED, detail: 'Too many requests. Try again in a second.', retryAfterSeconds: 1 },
  { type: ResponseType.DEFAULT_5XX, detail: 'Something went wrong on our side. Try again in a moment.' },
];

/** sentry-cli shows the text of an error only when `detail` is its one key; API Gateway's own bodies say `message`. */
export class GatewayResponses extends Construct {
  constructor(scope: Construct, id: string, props: { readonly restApi: IRestApi }) {
    super(scope, id);
    for (const { type, status, detail, retryAfterSeconds } of answers) {
      new GatewayResponse(this, type.responseType, {
        restApi: props.restApi,
        type,
        templates: { 'application/json': JSON.stringify({ detail }) },
        ...(status !== undefined && { statusCode: String(status) }),
        ...(retryAfterSeconds !== undefined && { responseHeaders: { 'Retry-After': `'${retryAfterSeconds}'` } }),
      });
    }
    new GatewayResponse(this, 'DEFAULT_4XX', {
      restApi: props.restApi,
      type: ResponseType.DEFAULT_4XX,
      // The variable comes with its quotes.
      templates: { 'application/json': '{"detail":$context.error.messageString}' },
    });
  }
}
