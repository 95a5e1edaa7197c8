import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** An HTTP server on the loopback interface. */
export interface HttpServer {
  readonly url: string;
  /** Replaces who answers. */
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/** Thrown when somebody else listens on the wanted port; its message says what to do. */
export class PortInUseError extends Error {}

/**
 * Listens on a port, 0 for any free one. Until `serve` is called, requests get a 503 with `Retry-After`.
 * @throws PortInUseError
 */
export async function listen(port: number): Promise<HttpServer> {
  let answer: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'application/json' });
    response.end('{"detail":"The local stack is still starting."}');
  };
  const server = createServer((request, response) => answer(request, response));
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new PortInUseError(
      `Port ${port} is in use, perhaps by another "npm start". ` +
        'Stop that one, or choose another port: npm start -- --port 3001 (or --port 0 for any free one).',
    );
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server got no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    serve(listener) {
      answer = listener;
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
