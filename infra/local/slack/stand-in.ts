import { Hono } from 'hono';
import { Changes } from './changes.ts';
import { commandRoutes } from './command-routes.ts';
import { eventRoutes } from './events/event-routes.ts';
import { EventSender, shortWaits } from './events/event-sender.ts';
import { Failures, type StandInFailure } from './failures.ts';
import { FileStore, type StoredFile } from './file-store.ts';
import { actionRoutes } from './interactivity/action-routes.ts';
import { PressTroubles } from './interactivity/press-troubles.ts';
import { MessageStore, type StandInMessage } from './message-store.ts';
import { authorizeRoutes } from './oauth/authorize-routes.ts';
import type { AppCredentials } from './oauth/credentials.ts';
import { Installations } from './oauth/installations.ts';
import { pageRoutes } from './page/page-routes.ts';
import { RateLimits } from './rate-limits.ts';
import { RefusalLog } from './refusal-log.ts';
import { ResponseUrls } from './response-urls.ts';
import type { SlackState } from './state.ts';
import { createTimestamps } from './timestamps.ts';
import { uploads } from './uploads.ts';
import { webApi } from './web-api.ts';
import { type StandInWorkspace, Workspace } from './workspace.ts';

export type { StandInFailure } from './failures.ts';
export type { StandInMessage } from './message-store.ts';
export type { StandInChannel, StandInUser, StandInWorkspace } from './workspace.ts';

/** What a stand-in is made of. */
export interface SlackStandInOptions {
  readonly workspaces: readonly StandInWorkspace[];
  readonly signingSecret: string;
  /** The app's id and secret; without them it cannot be installed. */
  readonly credentials?: AppCredentials;
  /** Where people reach the app; the origin of `commandUrl` when left out. */
  readonly appUrl?: () => string;
  /** The slash command's name, such as `/postflow`. */
  readonly command: string;
  /** Where commands are sent; a function because the port may be known only later. */
  readonly commandUrl: () => string;
  /** Where events and pressed buttons are sent; the app's usual addresses when left out. */
  readonly eventUrl?: () => string;
  readonly actionUrl?: () => string;
  /** Waits before an event is sent again, in Slack's seconds; a sixtieth of them when left out. */
  readonly wait?: (seconds: number) => Promise<void>;
  /** What "Run schedules now" posts to. */
  readonly scheduleUrl: () => string;
  /** Milliseconds since 1970; the machine's clock when left out. */
  readonly clock?: () => number;
  /** How long the app has to answer; Slack's three seconds when left out. */
  readonly commandTimeoutMs?: number;
  /** The zone of the times on the page; the machine's own when left out. */
  readonly timeZone?: string;
}

/** Slack on this machine: its Web API, its slash commands, and a page that shows what everybody would see. */
export interface SlackStandIn {
  /** Answers every request whose path begins with `/__local/`. */
  fetch(request: Request): Promise<Response>;
  /** All messages in the order of posting. */
  messages(): StandInMessage[];
  /** All files in the order in which they were announced. */
  files(): readonly StoredFile[];
  /** The path of a new `response_url`, as if somebody had pressed a button in that channel. */
  openResponseUrl(place: { readonly team: string; readonly channel: string; readonly user: string }): string;
  /** Answers the next calls of a Web API method (`*` for any) with a failure. */
  fail(method: string, failure: StandInFailure): void;
  /** Resolves when no event is on its way to the app any more, retries included. */
  settled(): Promise<void>;
  /** Ends the open event streams and hanging calls, so that a server can close. */
  close(): void;
}

/** Makes a Slack stand-in; nothing runs until a request comes. */
export function createSlackStandIn(options: SlackStandInOptions): SlackStandIn {
  const { command, scheduleUrl, timeZone } = options;
  const end = new AbortController();
  const state = createState(options, end.signal);
  const messages = () => state.messages.all().map(({ message }) => message);

  const app = new Hono();
  // A page of another site may not press our buttons; programs send no such header.
  app.use('/__local/slack/*', async (c, next) => {
    if (c.req.method === 'POST' && c.req.header('sec-fetch-site') === 'cross-site') return c.text('cross-site', 403);
    await next();
    return undefined;
  });
  app.get('/__local/slack/messages', (c) => c.json(messages()));
  app.route('/__local/slack/api', webApi(state));
  app.route('/__local/slack', uploads(state));
  app.route('/__local/slack', authorizeRoutes(state));
  app.route('/__local/slack', commandRoutes(state, command));
  app.route('/__local/slack', actionRoutes(state));
  app.route('/__local/slack', eventRoutes(state, command));
  app.route('/', pageRoutes(state, { command, scheduleUrl, timeZone }));

  return {
    fetch: async (request) => app.fetch(request),
    messages,
    files: () => state.files.all(),
    openResponseUrl: ({ team, channel, user }) => {
      const workspace = state.workspaces.find(({ teamId }) => teamId === team);
      if (workspace === undefined) throw new RangeError(`no workspace ${team}`);
      return `/__local/slack/response/${state.responseUrls.create({ workspace, channel, user })}`;
    },
    fail: (method, failure) => state.failures.order(method, failure),
    settled: () => state.events.settled(),
    close: () => end.abort(),
  };
}

function createState(options: SlackStandInOptions, ended: AbortSignal): SlackState {
  const { clock = Date.now, commandUrl, credentials, signingSecret, commandTimeoutMs: timeoutMs = 3000 } = options;
  const appUrl = options.appUrl ?? (() => new URL(commandUrl()).origin);
  const {
    eventUrl = () => `${appUrl()}/extensions/slack/event/`,
    actionUrl = () => `${appUrl()}/extensions/slack/action/`,
  } = options;
  const workspaces = options.workspaces.map((workspace) => new Workspace(workspace));
  const changes = new Changes();
  const refusals = new RefusalLog(changes);
  const app = { signingSecret, timeoutMs, commandUrl, eventUrl, actionUrl };
  const timestamps = new Map(workspaces.map(({ teamId }) => [teamId, createTimestamps(clock)]));
  return {
    workspaces,
    credentials,
    appUrl,
    app,
    events: new EventSender({ app, clock, refusals, ended, wait: options.wait ?? shortWaits(ended) }),
    troubles: new PressTroubles(changes),
    installations: new Installations(clock, workspaces),
    changes,
    messages: new MessageStore(changes),
    files: new FileStore(),
    limits: new RateLimits(clock),
    failures: new Failures(ended),
    refusals,
    responseUrls: new ResponseUrls(clock),
    clock,
    ended,
    nextTimestamp: (team) => {
      const next = timestamps.get(team);
      if (next === undefined) throw new RangeError(`no workspace ${team}`);
      return next();
    },
  };
}
