import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { bodyTooLarge, type Gateway } from './gateway.ts';
import type { GatewayAnswer } from './gateway-answer.ts';
import { bodyLimitBytes } from './limits.ts';

/** Puts a gateway behind Node's HTTP server, bytes, header cases and percent-encoding untouched. */
export function gatewayListener(gateway: Gateway, onError: (error: unknown) => void): RequestListener {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (body === undefined) return write(response, bodyTooLarge());
    const [rawPath = '/', ...query] = (request.url ?? '/').split('?');
    const sourceIp = (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
    const answer = await gateway({
      method: request.method ?? 'GET',
      rawPath,
      rawQuery: query.join('?'),
      headers: headerPairs(request.rawHeaders),
      body,
      sourceIp,
    });
    write(response, answer);
  };
  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A client that hangs up while sending is no fault of the stack's.
      if (request.destroyed && !request.complete) return;
      onError(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}

/** Reads the body; above the limit it reads on without keeping, so that the client gets to read the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bodyLimitBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > bodyLimitBytes ? undefined : Buffer.concat(chunks);
}

function headerPairs(rawHeaders: readonly string[]): (readonly [string, string])[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : []));
}

function write(response: ServerResponse, answer: GatewayAnswer): void {
  const flat = answer.headers.flat();
  response.writeHead(answer.statusCode, [...flat, 'Content-Length', String(answer.body.length)]);
  response.end(answer.body);
}
