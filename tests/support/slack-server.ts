import { getRequestListener } from '@hono/node-server';
import { listen } from '../../infra/local/listen.ts';
import { createSlackStandIn, type SlackStandIn, type StandInUser } from '../../infra/local/slack/stand-in.ts';
import type { Clock } from '../../lib/platform/clock.ts';

/** The Slack stand-in, reachable over HTTP. */
export interface SlackServer extends SlackStandIn {
  /** Where the Web API answers. */
  readonly apiUrl: string;
  stop(): Promise<void>;
}

/** The workspace that the stand-in has, as it would be connected. */
export const slackWorkspace = {
  teamId: 'T0ACME001',
  name: 'Acme',
  botToken: 'xoxb-test-token',
  botUserId: 'U0POSTFLOW',
} as const;

/** Its channels; the app is in all of them but one. */
export const slackChannels = {
  alerts: { id: 'C0ALERTS01', name: 'alerts' },
  elsewhere: { id: 'C0ELSEWHER', name: 'elsewhere', botIsMember: false },
} as const;

/** Starts a stand-in on a free port; its time is that of the clock. */
export async function startSlackServer(
  clock: Clock,
  options: {
    readonly users?: readonly StandInUser[];
    /** What it signs with when it tells the app something, and where the app is. */
    readonly signingSecret?: string;
    readonly appUrl?: () => string;
  } = {},
): Promise<SlackServer> {
  const { users = [], signingSecret = 'not used here', appUrl } = options;
  const standIn = createSlackStandIn({
    ...(appUrl && { appUrl }),
    workspaces: [{ ...slackWorkspace, channels: Object.values(slackChannels), users }],
    signingSecret,
    command: '/postflow',
    commandUrl: () => 'http://127.0.0.1/',
    scheduleUrl: () => 'http://127.0.0.1/',
    clock: () => clock.now(),
  });
  const server = await listen(0);
  server.serve(getRequestListener(standIn.fetch));
  return {
    ...standIn,
    apiUrl: `${server.url}/__local/slack/api/`,
    async stop() {
      standIn.close();
      await server.close();
    },
  };
}
