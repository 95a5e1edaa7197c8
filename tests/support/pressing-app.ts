import { getRequestListener } from '@hono/node-server';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { httpDoor } from '../../functions/middleware/http-door.ts';
import { door } from '../../functions/slack-actions.ts';
import { listen } from '../../infra/local/listen.ts';
import type { ChartJob } from '../../lib/alerts/index.ts';
import { foldMemory } from '../../lib/metrics/index.ts';
import { epochSeconds } from '../../lib/platform/clock.ts';
import { postOutside } from '../../lib/platform/post-outside.ts';
import { findProject } from '../../lib/projects/index.ts';
import { addWorkspace, slackClient, slackSignature } from '../../lib/slack/index.ts';
import { type AlertingApp, drain, schedule, sendErrors } from './alerting-app.ts';
import { type ArrayQueue, arrayQueue } from './array-queue.ts';
import { asFunction } from './granted-actions.ts';
import { httpEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';
import { createSlackAcme, type SlackAcme } from './slack-acme.ts';
import { slackChannels, slackWorkspace, startSlackServer } from './slack-server.ts';
import type { TestApp } from './test-app.ts';

/** An app with people, alerts and issues, whose buttons can be pressed, and what those who press are told. */
export interface PressingApp extends AlertingApp {
  readonly acme: SlackAcme;
  readonly signingSecret: string;
  readonly command: string;
  readonly docsUrl: string;
  readonly charts: ArrayQueue<ChartJob>;
  /** What was said through `response_url`, each with the address. */
  readonly answers: readonly { readonly to: string; readonly text: string }[];
  readonly responseUrl: string;
  /** Presses a button of a message in the stand-in, and says how the stand-in liked it. */
  pressThere(button: { readonly ts: string; readonly actionId: string; readonly user: string }): Promise<unknown>;
  close(): Promise<void>;
}

/** Builds it; `ada` (in the team `backend`), `olivia` (owner) and `mia` are linked as U0ADA00001 and so on. */
export async function createPressingApp(given?: TestApp): Promise<PressingApp> {
  const acme = await createSlackAcme(given);
  for (const person of ['ada', 'olivia', 'mia'] as const) {
    await acme.linked(`U0${person.toUpperCase()}00001`, person);
  }
  for (const organization of ['acme', 'globex']) await addWorkspace(acme.app, { organization, ...slackWorkspace });
  const answers: { to: string; text: string }[] = [];
  const signingSecret = 'test-signing-secret';
  const server = await listen(0);
  const slackServer = await startSlackServer(acme.app.clock, {
    users: ['ada', 'olivia', 'mia'].map((name) => ({
      id: `U0${name.toUpperCase()}00001`,
      name,
      email: `${name}@acme.example`,
    })),
    signingSecret,
    appUrl: () => server.url,
  });
  const { app } = acme;
  const project = await findProject(app, 'acme', 'web');
  if (project === undefined) throw new TypeError('acme has no project web');
  const whole: PressingApp = {
    ...app,
    acme,
    slackServer,
    slack: slackClient({
      table: app.table,
      apiUrl: `${server.url}/__local/slack/api/`,
      tokenEncryptionKey: app.tokenEncryptionKey,
    }),
    post: postOutside(),
    evaluations: arrayQueue(),
    notifications: arrayQueue(),
    charts: arrayQueue(),
    points: arrayQueue(),
    memory: foldMemory(app.clock),
    project,
    waits: [],
    signingSecret,
    command: '/postflow',
    docsUrl: 'https://docs.example/',
    answers,
    responseUrl: `${server.url}/__local/slack/answers/1`,
    async pressThere({ ts: messageTs, actionId, user }) {
      const button = { team: slackWorkspace.teamId, channel: slackChannels.alerts.id, user, messageTs, actionId };
      const answer = await fetch(`${server.url}/__local/slack/action`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(button),
      });
      return answer.json();
    },
    async close() {
      await slackServer.stop();
      await server.close();
    },
  };
  // Beside the stand-in, as Slack's own answers are beside its API: what is said there is only written down.
  server.serve(
    getRequestListener(async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/extensions/slack/action/') return pressedThere(whole, request);
      if (!pathname.startsWith('/__local/slack/answers/')) return slackServer.fetch(request);
      answers.push({ to: pathname, text: ((await request.json()) as { text: string }).text });
      return new Response('ok');
    }),
  );
  return whole;
}

/** Too many errors, told in #alerts. */
export async function openIncident(app: PressingApp): Promise<void> {
  await sendErrors(app, 11);
  app.clock.advance(1_000);
  await schedule(app);
  await drain(app);
  // Nobody has pressed anything: the message's own chart is left undrawn.
  app.charts.takeAll();
}

/** A press as Slack sends it. */
export interface PressedButton {
  readonly action: string;
  readonly value?: string;
  readonly user?: string;
  readonly team?: string | null;
  readonly changes?: object;
}

/** The payload of a pressed button. */
export function pressPayload(app: PressingApp, pressed: PressedButton): object {
  const { action, value = 'acme/1', user = 'U0ADA00001', team = slackWorkspace.teamId, changes } = pressed;
  const channel = slackChannels.alerts.id;
  const ts = app.slackServer.messages()[0]?.ts ?? '1772442000.000100';
  return {
    type: 'block_actions',
    api_app_id: 'A0POSTFLOW',
    token: 'legacy',
    trigger_id: '1.2.3',
    team: team === null ? null : { id: team, domain: 'acme' },
    user: { id: user, username: 'ada', team_id: team ?? slackWorkspace.teamId },
    container: {
      type: 'message_attachment',
      message_ts: ts,
      attachment_id: 1,
      channel_id: channel,
      is_ephemeral: false,
    },
    channel: { id: channel, name: 'alerts' },
    message: { type: 'message', ts, text: 'whatever' },
    response_url: app.responseUrl,
    actions: [{ type: 'button', action_id: action, block_id: 'b', value, action_ts: '1772442000.1' }],
    ...changes,
  };
}

/** Sends it to the door, signed at this moment; gives the status and what people were told because of it. */
export async function press(app: PressingApp, pressed: PressedButton): Promise<{ status: number; said: string[] }> {
  return send(app, signedEvent(app, { payload: JSON.stringify(pressPayload(app, pressed)) }));
}

/** A form, signed at this moment. */
export function signedEvent(app: PressingApp, form: Readonly<Record<string, string>> | Buffer): APIGatewayProxyEvent {
  const body = Buffer.isBuffer(form) ? form : Buffer.from(new URLSearchParams(form).toString());
  const timestamp = String(epochSeconds(app.clock));
  return httpEvent({
    resource: '/extensions/slack/action',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': timestamp,
      'X-Slack-Signature': slackSignature(app.signingSecret, timestamp, body),
    },
    body,
  });
}

/** Sends an event to the door. */
export async function send(app: PressingApp, event: APIGatewayProxyEvent): Promise<{ status: number; said: string[] }> {
  const before = app.answers.length;
  const handler = httpDoor(door as never, async () => app as never);
  const { statusCode } = await asFunction('slack-actions', () => handler(event, lambdaContext()));
  return { status: statusCode, said: app.answers.slice(before).map(({ text }) => text) };
}

/** The door as the stand-in reaches it. */
async function pressedThere(app: PressingApp, request: Request): Promise<Response> {
  const body = Buffer.from(await request.arrayBuffer());
  const headers = Object.fromEntries(request.headers);
  const { status } = await send(app, httpEvent({ resource: '/extensions/slack/action', headers, body }));
  return new Response(null, { status });
}
