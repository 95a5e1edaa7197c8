import { gunzipSync, inflateSync } from 'node:zlib';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { BadRequestError, PayloadTooLargeError, UnsupportedMediaTypeError } from '../../lib/platform/errors.ts';

/** A request as bytes, before anybody trusts it. */
export interface HttpRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The header's value; undefined when it is missing or was sent more than once with different meaning. */
  header(name: string): string | undefined;
  /** Decoded: the gateway hands them over as they stand in the address. */
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** What was sent, byte by byte, after undoing the gateway's base64 and the client's compression. */
  readonly body: Buffer;
}

/**
 * The request in a REST API event of API Gateway.
 * @throws BadRequestError for a broken address, PayloadTooLargeError for a body over `maxBodyBytes` (also after decompression), UnsupportedMediaTypeError
 * for a compression that we do not know or that is broken.
 */
export function readHttpRequest(event: APIGatewayProxyEvent, maxBodyBytes: number): HttpRequest {
  const header = headersOf(event);
  const sent = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  return {
    id: event.requestContext.requestId,
    method: event.httpMethod,
    path: event.path,
    header,
    pathParameters: decoded(definedOnly(event.pathParameters)),
    query: definedOnly(event.multiValueQueryStringParameters),
    body: decompress(sent, header('content-encoding'), maxBodyBytes),
  };
}

/** Finds headers by their names, in whatever case. */
export function headersOf(event: APIGatewayProxyEvent): (name: string) => string | undefined {
  const headers = new Map<string, readonly string[]>();
  // The gateway sends null for a request without headers, which its type does not admit.
  const sentHeaders = event.multiValueHeaders as Record<string, string[]> | null;
  for (const [name, values] of Object.entries(sentHeaders ?? {})) headers.set(name.toLowerCase(), values);
  return (name) => {
    const values = headers.get(name) ?? [];
    // Browsers may send cookies in several lines, which are one by RFC 9113, 8.2.3; of any other header that came twice nobody knows which counts.
    if (name === 'cookie' && values.length > 0) return values.join('; ');
    return values.length === 1 ? values[0] : undefined;
  };
}

/**
 * API Gateway decompresses bodies itself where it can but leaves the header in place, so that the bytes and not the
 * header say whether there is anything left to do.
 */
function decompress(bytes: Buffer, encoding: string | undefined, maxBodyBytes: number): Buffer {
  const body = inflated(bytes, encoding?.trim().toLowerCase() ?? 'identity', maxBodyBytes);
  if (body.length > maxBodyBytes) throw tooLarge(maxBodyBytes);
  return body;
}

function inflated(bytes: Buffer, encoding: string, maxOutputLength: number): Buffer {
  const looksGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const looksDeflated = bytes[0] === 0x78 && bytes.length > 1 && bytes.readUInt16BE(0) % 31 === 0;
  try {
    switch (encoding) {
      case 'identity':
      case '':
        return bytes;
      case 'gzip':
      case 'x-gzip':
        return looksGzipped ? gunzipSync(bytes, { maxOutputLength }) : bytes;
      case 'deflate':
        return looksDeflated ? inflateSync(bytes, { maxOutputLength }) : bytes;
      default:
        throw new UnsupportedMediaTypeError('Send the body uncompressed or with Content-Encoding gzip.');
    }
  } catch (error) {
    if (error instanceof UnsupportedMediaTypeError) throw error;
    if (error instanceof RangeError) throw tooLarge(maxOutputLength, error);
    throw new UnsupportedMediaTypeError(`The body is not what its Content-Encoding says (${encoding}).`, {
      cause: error,
    });
  }
}

function decoded(parameters: Readonly<Record<string, string>>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch (cause) {
    throw new BadRequestError('The address has a percent sign that encodes nothing.', { cause });
  }
}

function tooLarge(maxBodyBytes: number, cause?: unknown): PayloadTooLargeError {
  return new PayloadTooLargeError(`The body is too large: at most ${maxBodyBytes} bytes are taken here.`, { cause });
}

function definedOnly<T>(entries: Readonly<Record<string, T | undefined>> | null): Record<string, T> {
  return Object.fromEntries(
    Object.entries(entries ?? {}).filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
}
