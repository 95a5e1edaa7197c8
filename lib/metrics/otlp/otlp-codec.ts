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

/** What a field of a protobuf answer may hold so that the answer is text, see `asText`: a number, and the bytes of a message. */
const most = { number: 127, messageBytes: 110 };

/**
 * The answer to a request that was taken, in part perhaps. In protobuf no more than 127 points are said to be rejected; the
 * message has their number.
 */
export function encodeOutcome({ rejectedDataPoints, errorMessage }: OtlpOutcome, encoding: OtlpEncoding): string {
  const isWhole = rejectedDataPoints === 0 && errorMessage === '';
  if (encoding === 'json') {
    // In JSON, 64-bit numbers are texts.
    const partialSuccess = { rejectedDataPoints: String(rejectedDataPoints), errorMessage };
    return JSON.stringify(isWhole ? {} : { partialSuccess });
  }
  const rejected = Math.min(rejectedDataPoints, most.number);
  const partialSuccess = { rejectedDataPoints: rejected, errorMessage: shortened(errorMessage) };
  return asText(responseType, isWhole ? {} : { partialSuccess });
}

/** The answer to a request that was refused. */
export function encodeStatus(
  { code, message }: { readonly code: number; readonly message: string },
  encoding: OtlpEncoding,
): string {
  if (encoding === 'json') return JSON.stringify({ code, message });
  return asText(statusType, { code, message: shortened(message) });
}

/**
 * A protobuf message whose bytes are text in UTF-8, which they are as long as its numbers and lengths are below 128. API Gateway
 * hands out other bytes only to clients that ask for their type with an Accept header, which exporters do not send; and taking
 * all types for bytes would cut what may be sent as JSON from 6 MB to 4.5 MB.
 */
function asText(type: protobuf.Type, value: Readonly<Record<string, unknown>>): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(type.encode(type.fromObject(value)).finish());
}

/** As many characters from the beginning of a message as fit into a protobuf answer. */
function shortened(message: string): string {
  const { read } = new TextEncoder().encodeInto(message, new Uint8Array(most.messageBytes));
  return read === message.length ? message : message.slice(0, read);
}
