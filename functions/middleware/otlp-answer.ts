import type { APIGatewayProxyEvent } from 'aws-lambda';
import { encodeStatus, type OtlpEncoding } from '../../lib/metrics/index.ts';
import { type RefusalError, UnsupportedMediaTypeError } from '../../lib/platform/errors.ts';
import { type HttpAnswer, refusalAnswer } from './http-answer.ts';
import { headersOf } from './http-request.ts';
import { limitHeaders } from './ingest-parts.ts';

/** The content types of OTLP over HTTP. https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export const contentTypes: Readonly<Record<OtlpEncoding, string>> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
};

/** Codes of gRPC by our statuses; others are told as unknown. https://grpc.io/docs/guides/status-codes/ */
const codes: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 413: 8, 415: 3, 429: 8, 503: 14 };
const internal = 13;

/** The form that a content type means; none at all means JSON. @throws UnsupportedMediaTypeError for others */
export function encodingOf(contentType: string | undefined): OtlpEncoding {
  const encoding = knownEncoding(contentType);
  if (encoding === undefined) {
    throw new UnsupportedMediaTypeError('Send OTLP with Content-Type application/x-protobuf or application/json.');
  }
  return encoding;
}

/** A refusal as a `google.rpc.Status`, in the form in which the request came. */
export function otlpRefusal(refusal: RefusalError | undefined, event: APIGatewayProxyEvent): HttpAnswer {
  const encoding = knownEncoding(headersOf(event)('content-type')) ?? 'json';
  const { status, body } = refusalAnswer(refusal, event.requestContext.requestId);
  const { detail: message = '' } = (body ?? {}) as { readonly detail?: string };
  const data = encodeStatus({ code: codes[status] ?? internal, message }, encoding);
  return {
    status,
    content: { type: contentTypes[encoding], data },
    ...(refusal && { headers: limitHeaders(refusal) }),
  };
}

function knownEncoding(contentType: string | undefined): OtlpEncoding | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === undefined || type === contentTypes.json) return 'json';
  return type === contentTypes.protobuf || type === 'application/protobuf' ? 'protobuf' : undefined;
}
