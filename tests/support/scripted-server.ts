import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is answered to one; nothing at all for `silence`. */
export type ScriptedAnswer = { readonly status: number; readonly body: string } | 'silence';

/** Starts a server on this machine that answers by what it is told, and keeps what it got. */
export async function startScriptedServer(
  answer: (request: ReceivedRequest, count: number) => ScriptedAnswer | Promise<ScriptedAnswer>,
): Promise<{ readonly url: string; readonly received: readonly ReceivedRequest[]; stop(): void }> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request as AsyncIterable<Buffer>);
    const one = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
    received.push(one);
    const said = await answer(one, received.length);
    if (said !== 'silence') response.writeHead(said.status).end(said.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, received, stop };
}
