import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { expect } from 'vitest';
import { pageDoor } from '../../functions/middleware/page-door.ts';
import { csrfToken, sessionCookie } from '../../functions/middleware/session.ts';
import { door } from '../../functions/slack-install.ts';
import { epochSeconds } from '../../lib/platform/clock.ts';
import type { Session } from '../../lib/platform/session.ts';
import { listWorkspaces } from '../../lib/slack/index.ts';
import { people } from './acme.ts';
import { storedEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';
import { createSlackAcme, type SlackAcme } from './slack-acme.ts';
import { type SlackOauthServer, startSlackOauthServer } from './slack-oauth-server.ts';
import { tableItems } from './table-digest.ts';

type Name = keyof SlackAcme['users'];

/** Who visits a page of the installation, and what is changed of the stored request. */
export interface InstallVisit {
  readonly as?: Session | undefined;
  readonly fields?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** Acme and its people, a Slack that gives tokens, and the pages that install the app. */
export interface InstallWorld {
  readonly slack: SlackOauthServer;
  readonly acme: SlackAcme;
  /** Everything that was answered. */
  readonly answers: readonly APIGatewayProxyResult[];
  sessionOf(name: Name, id?: string): Session;
  /** The same, after a sign-in with Slack in a workspace. */
  fromWorkspace(name: Name, teamId: string): Session;
  /** Sends a stored event, as somebody. */
  visit(event: string, how?: InstallVisit): Promise<APIGatewayProxyResult>;
  /** Presses "Continue to Slack" and gives where that leads. */
  begin(name?: Name, fields?: Readonly<Record<string, string>>): Promise<URL>;
  /** The same, and comes back from there. */
  install(name?: Name, fields?: Readonly<Record<string, string>>): Promise<APIGatewayProxyResult>;
  /** The names of the organizations' workspaces, with what they are. */
  workspacesOf(organization: string): Promise<string[]>;
  /** Ends it all, and looks for tokens where none may be: they are nowhere but in the hands of Slack, and sealed in the table. */
  close(): Promise<void>;
}

/** The state that an address of Slack's takes along. */
export const stateOf = (address: URL): string => address.searchParams.get('state') ?? '';

/** Builds such a world. */
export async function createInstallWorld(): Promise<InstallWorld> {
  const [slack, acme] = [await startSlackOauthServer(), await createSlackAcme()];
  const answers: APIGatewayProxyResult[] = [];
  const sessionOf = (name: Name, id = `session of ${name}`): Session => ({
    ...{ id, userId: acme.users[name], email: people[name] },
    signedInAtSeconds: epochSeconds(acme.app.clock),
  });
  const visit = async (event: string, how: InstallVisit = {}) => {
    const answer = await answerTo({ slack, acme }, event, how);
    answers.push(answer);
    return answer;
  };
  const begin = async (name: Name = 'olivia', fields: InstallVisit['fields'] = {}) => {
    const answer = await visit('begin', { as: sessionOf(name), fields });
    expect(answer).toMatchObject({ statusCode: 303, body: '' });
    return new URL(String(answer.headers?.['Location']));
  };
  return {
    ...{ slack, acme, answers, sessionOf, visit, begin },
    fromWorkspace: (name, teamId) => ({ ...sessionOf(name), slack: { teamId, slackUserId: 'U0OLIVIA01' } }),
    install: async (name = 'olivia', fields = {}) =>
      visit('return', { as: sessionOf(name), query: { state: stateOf(await begin(name, fields)) } }),
    workspacesOf: async (organization) =>
      (await listWorkspaces(acme.app, organization)).map(({ teamId, status }) => `${teamId} ${status}`),
    close: () => close({ slack, acme, answers }),
  };
}

async function answerTo(
  { slack, acme }: Pick<InstallWorld, 'slack' | 'acme'>,
  name: string,
  { as, fields, query }: InstallVisit,
): Promise<APIGatewayProxyResult> {
  const app = { ...acme.app, slackOauth: slack, command: '/postflow' };
  const event = storedEvent<APIGatewayProxyEvent>(`slack-install/${name}`);
  const cookie = as && sessionCookie(app, as).split(';', 1);
  const form = new URLSearchParams(event.body ?? '');
  if (as !== undefined && event.body !== null) form.set('csrf', csrfToken(app, as, 'slack-install'));
  for (const [field, value] of Object.entries(fields ?? {})) form.set(field, value);
  const asked = Object.entries({ ...event.queryStringParameters, ...query });
  return pageDoor(door, async () => app)(
    {
      ...event,
      multiValueHeaders: { ...event.multiValueHeaders, ...(cookie && { Cookie: cookie }) },
      multiValueQueryStringParameters: Object.fromEntries(asked.map(([key, value]) => [key, [value ?? '']])),
      body: event.body === null ? null : form.toString(),
    },
    lambdaContext(),
  );
}

async function close({ slack, acme, answers }: Pick<InstallWorld, 'slack' | 'acme' | 'answers'>): Promise<void> {
  const seen = JSON.stringify([await tableItems(acme.app), acme.app.lines, answers]);
  for (const token of slack.tokens) expect(seen).not.toContain(token);
  expect(seen).not.toContain(slack.clientSecret);
  await slack.stop();
}
