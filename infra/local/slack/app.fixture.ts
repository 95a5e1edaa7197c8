import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ListeningStandIn, listenAcme } from './acme.fixture.ts';
import type { SlackStandInOptions } from './stand-in.ts';

/** What the app of a test was sent. */
export interface SentToApp {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An app that remembers what it is sent, and a stand-in that sends to it. */
export interface AppAndSlack extends ListeningStandIn {
  readonly appUrl: string;
  readonly sent: SentToApp[];
  /** How the app answers from now on; with an empty 200 at first. */
  answer(with_: (response: ServerResponse, request: SentToApp) => void): void;
  /** Posts to one of the stand-in's own addresses. */
  post(path: string, body: object): Promise<Record<string, unknown>>;
}

/** Starts both on free ports; the app has 200 ms to answer, and nobody waits between retries. */
export async function listenWithApp(options: Partial<SlackStandInOptions> = {}): Promise<AppAndSlack> {
  const sent: SentToApp[] = [];
  let answer = (response: ServerResponse, _request: SentToApp): void => void response.end();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const received = { path: request.url ?? '', headers: request.headers, body };
      sent.push(received);
      answer(response, received);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const slack = await listenAcme({ appUrl: () => appUrl, commandTimeoutMs: 200, wait: async () => {}, ...options });
  return {
    ...slack,
    appUrl,
    sent,
    answer(with_) {
      answer = with_;
    },
    async post(path, body) {
      const headers = { 'content-type': 'application/json' };
      const url = `${slack.url}/__local/slack/${path}`;
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await response.json()) as Record<string, unknown>;
    },
    async close() {
      await slack.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with a status and nothing else. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}) {
  return (response: ServerResponse) => void response.writeHead(code, headers).end();
}
