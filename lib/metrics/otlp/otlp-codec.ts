import protobuf from 'protobufjs/light.js';
import { BadRequestError } from '../../platform/errors.ts';
import { otlpMessages } from '../messages.ts';
import definitions from './definitions/opentelemetry.json' with { type: 'json' };
import { jsonRequest } from './json-request.ts';
import type { OtlpRequest } from './otlp-request.ts';

/** The two forms in which OTLP travels over HTTP. An answer has the form of its request. */
export type OtlpEncoding = 'json' | 'protobuf';

/** What became of a request. */
export interface OtlpOutcome {
  readonly rejectedDataPoints: number;
  readonly errorMessage: string;
}

const service = 'opentelemetry.proto.collector.metrics.v1';
const root = protobuf.Root.fromJSON(definitions);
const requestType = root.lookupType(`${service}.ExportMetricsServiceRequest`);
const responseType = root.lookupType(`${service}.ExportMetricsServiceResponse`);
/** `google.rpc.Status` without its details. https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto */
const statusType = new protobuf.Type('Status')
  .add(new protobuf.Field('code', 1, 'int32'))
  .add(new protobuf.Field('message', 2, 'string'));

/** What a body says. @throws BadRequestError for what is not in this form */
export function decodeOtlp(body: Uint8Array, encoding: OtlpEncoding): OtlpRequest {
  try {
    const message = encoding === 'protobuf' ? requestType.decode(body) : requestType.fromObject(jsonRequest(body));
    return message as unknown as OtlpRequest;
  } catch (cause) {
    throw new BadRequestError(otlpMessages.notReadable(encoding), { cause });
  }
}

/** The answer to a request that was taken, in part perhaps. */
export function encodeOutcome(
  { rejectedDataPoints, errorMessage }: OtlpOutcome,
  encoding: OtlpEncoding,
): string | Uint8Array {
  const isWhole = rejectedDataPoints === 0 && errorMessage === '';
  // In JSON, 64-bit numbers are texts.
  const partialSuccess = { rejectedDataPoints: String(rejectedDataPoints), errorMessage };
  const response = isWhole ? {} : { partialSuccess };
  if (encoding === 'json') return JSON.stringify(response);
  return responseType.encode(responseType.fromObject(response)).finish();
}

/** The answer to a request that was refused. */
export function encodeStatus(status: { readonly code: number; readonly message: string }, encoding: OtlpEncoding) {
  if (encoding === 'json') return JSON.stringify(status);
  return statusType.encode(statusType.fromObject(status)).finish();
}
