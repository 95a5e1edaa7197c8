import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { type GatewayAnswer, type GatewayRequest, headerOf } from './gateway-answer.ts';
import { bodyLimitBytes } from './limits.ts';

const unpackers = {
  gzip: (body: Buffer) => gunzipSync(body, { maxOutputLength: bodyLimitBytes }),
  deflate: (body: Buffer) => inflateSync(body, { maxOutputLength: bodyLimitBytes }),
  identity: (body: Buffer) => body,
} as const;

/** What unpacking gave: the request with a plain body, or why there is none. */
export type Unpacked = { readonly request: GatewayRequest } | { readonly problem: 'unsupported' | 'too large' };

/**
 * Unpacks a compressed request, as an API with a minimum compression size does. The header goes with the compression:
 * what the function gets is no longer encoded. A body that is not what the header says passes as it came.
 */
export function unpackRequest(request: GatewayRequest): Unpacked {
  const encoding = headerOf(request.headers, 'content-encoding')?.trim().toLowerCase();
  if (encoding === undefined) return { request };
  if (!isKnown(encoding)) return { problem: 'unsupported' };
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'content-encoding');
  try {
    return { request: { ...request, headers, body: unpackers[encoding](request.body) } };
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge ? { problem: 'too large' } : { request };
  }
}

/** Packs an answer of at least the minimum size for a client that takes it. */
export function packAnswer(request: GatewayRequest, answer: GatewayAnswer, minimumBytes: number): GatewayAnswer {
  const accepted = (headerOf(request.headers, 'accept-encoding') ?? '').toLowerCase().split(',');
  const encoding = (['gzip', 'deflate'] as const).find((name) =>
    accepted.some((entry) => entry.trim().startsWith(name)),
  );
  const encodedAlready = headerOf(answer.headers, 'content-encoding') !== undefined;
  if (encoding === undefined || encodedAlready || answer.body.length === 0 || answer.body.length < minimumBytes) {
    return answer;
  }
  const body = encoding === 'gzip' ? gzipSync(answer.body) : deflateSync(answer.body);
  return { ...answer, headers: [...answer.headers, ['Content-Encoding', encoding]], body };
}

function isKnown(encoding: string): encoding is keyof typeof unpackers {
  return Object.hasOwn(unpackers, encoding);
}
