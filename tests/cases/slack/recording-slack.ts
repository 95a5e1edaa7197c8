import { getRequestListener } from '@hono/node-server';
import { listen } from '../../../infra/local/listen.ts';
import { createSlackStandIn } from '../../../infra/local/slack/stand-in.ts';
import type { Clock } from '../../../lib/platform/clock.ts';
import type { Given } from './given.ts';

/** A call that Slack got: of a method of its API, or of an address where it takes more to say about a command. */
export interface SlackCall {
  /** `response_url` for the latter. */
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Slack's stand-in, which keeps what was asked of it. */
export interface RecordingSlack {
  readonly apiUrl: string;
  /** An address where more can be said about a command. */
  readonly responseUrl: string;
  readonly calls: readonly SlackCall[];
  close(): Promise<void>;
}

/** The workspace, and what it has. */
interface StandInPlace {
  readonly teamId: string;
  readonly botToken: string;
  /** Ids of channels. */
  readonly channels: readonly string[];
  /** Ids of people. */
  readonly people: readonly string[];
}

const root = '/__local/slack';
const responsePath = `${root}/response/of-the-case`;

/** Starts a stand-in that has the workspace of a case, with everybody and every channel that the case names. */
export async function startRecordingSlack(
  clock: Clock,
  workspace: StandInPlace,
  reply: Given['slack_reply'],
): Promise<RecordingSlack> {
  const { teamId, botToken, channels, people } = workspace;
  const standIn = createSlackStandIn({
    workspaces: [
      {
        teamId,
        name: 'The workspace',
        botToken,
        botUserId: 'U0POSTFLOW',
        channels: channels.map((id) => ({ id, name: id.toLowerCase() })),
        users: people.map((id) => ({ id, name: id, email: `${id.toLowerCase()}@example.com` })),
      },
    ],
    signingSecret: 'not used here',
    command: '/postflow',
    commandUrl: () => 'http://127.0.0.1/',
    scheduleUrl: () => 'http://127.0.0.1/',
    clock: () => clock.now(),
  });
  const calls: SlackCall[] = [];
  const server = await listen(0);
  server.serve(
    getRequestListener(async (request) => {
      const { pathname } = new URL(request.url);
      const isResponse = pathname === responsePath;
      const method = isResponse ? 'response_url' : pathname.slice(`${root}/api/`.length);
      calls.push({ method, arguments: await argumentsOf(request.clone()) });
      if (reply !== undefined) return Response.json(reply);
      return isResponse ? new Response('ok') : standIn.fetch(request);
    }),
  );
  return {
    apiUrl: `${server.url}${root}/api/`,
    responseUrl: `${server.url}${responsePath}`,
    calls,
    async close() {
      standIn.close();
      await server.close();
    },
  };
}

async function argumentsOf(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type') ?? '';
  if (type.includes('json')) return (await request.json()) as Record<string, unknown>;
  const form = [...new URLSearchParams(await request.text())];
  return Object.fromEntries(form.map(([name, value]) => [name, /^[[{]/.test(value) ? JSON.parse(value) : value]));
}
