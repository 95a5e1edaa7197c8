import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { LogLevel, WebClient } from '@slack/web-api';
import { createSlackStandIn, type SlackStandIn, type SlackStandInOptions } from './stand-in.ts';

/** The workspace that the tests of the stand-in use. */
export const acme = {
  teamId: 'T0ACME001',
  name: 'Acme',
  botToken: 'xoxb-test',
  botUserId: 'U0POSTFLOW',
  channels: [
    { id: 'C0ALERTS01', name: 'alerts' },
    { id: 'C0GENERAL1', name: 'general' },
    { id: 'C0OUTSIDE1', name: 'outside', botIsMember: false },
    { id: 'C0OLD00001', name: 'old', isArchived: true },
    { id: 'C0SECRET01', name: 'secret', isPrivate: true, botIsMember: false },
  ],
  users: [
    { id: 'U0OLIVIA01', name: 'Olivia Park', email: 'olivia@acme.example' },
    { id: 'U0MARCO001', name: 'Marco Rossi', email: 'marco@acme.example' },
  ],
} as const;

/** Noon of an autumn day, where the tests' clocks stand. */
export const noon = Date.UTC(2026, 9, 5, 12);

/** A stand-in for Acme whose clock stands still; anything may be given otherwise. */
export function acmeStandIn(options: Partial<SlackStandInOptions> = {}): SlackStandIn {
  return createSlackStandIn({
    workspaces: [acme],
    signingSecret: 'test-signing-secret',
    credentials: { clientId: '1.2', clientSecret: 'secret' },
    command: '/postflow',
    commandUrl: () => 'http://127.0.0.1:9/never',
    scheduleUrl: () => 'http://127.0.0.1:9/never',
    clock: () => noon,
    timeZone: 'UTC',
    ...options,
  });
}

/** A stand-in that listens on a free port. */
export interface ListeningStandIn {
  readonly standIn: SlackStandIn;
  readonly url: string;
  /** Slack's own client, which neither waits for rate limits nor tries again. */
  client(token?: string): WebClient;
  close(): Promise<void>;
}

/** Starts a stand-in on a free port. */
export async function listenAcme(options: Partial<SlackStandInOptions> = {}): Promise<ListeningStandIn> {
  const standIn = acmeStandIn(options);
  const server: ServerType = serve({ fetch: standIn.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    standIn,
    url,
    client: (token = acme.botToken) =>
      new WebClient(token, {
        slackApiUrl: `${url}/__local/slack/api/`,
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
        logger: silent,
      }),
    close: async () => {
      standIn.close();
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const nothing = () => undefined;
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};
