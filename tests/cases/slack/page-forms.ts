import * as z from 'zod';
import { pageDoor } from '../../../functions/middleware/page-door.ts';
import { csrfField, csrfToken, sessionCookie } from '../../../functions/middleware/session.ts';
import { door } from '../../../functions/slack-link.ts';
import { epochSeconds } from '../../../lib/platform/clock.ts';
import { linkLifetimeSeconds, signLink } from '../../../lib/platform/signed-link.ts';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { type Given, organizationsOf, teamAt } from './given.ts';
import type { Answer, Stage } from './happening.ts';
import { noDefect } from './request-forms.ts';
import type { World } from './world.ts';

/**
 * A visit of a page that a link opens: `<signed>`, `<expired>`, or anything else that is forged. `POST for <organization>`
 * names the link by its organization alone.
 */
const line = z.string().regex(/^[A-Z]+ (\/extensions\/slack\/[\w-]+\/<[\w -]+>\/|for \S+)$/);
const form = z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({});

/** One visit, or several one after the other. */
export const pageForm = z.union([
  z.strictObject({ request: line, form }).transform(({ request, ...rest }) => [{ request, ...rest }]),
  z
    .strictObject({ requests: z.array(line), form })
    .transform(({ requests, ...rest }) => requests.map((request) => ({ request, ...rest }))),
]);

type Visit = z.output<typeof pageForm>[number];
type Purpose = 'link-identity' | 'unlink-identity' | 'link-team' | 'unlink-team';

/** Which link it is to be. */
interface LinkWish {
  readonly purpose: Purpose;
  readonly organization: string | undefined;
  readonly kind: string;
}

/** Whose browser it is that opens the page of a link. */
interface Opened {
  readonly world: World;
  readonly given: Given;
  readonly purpose: Purpose;
  readonly token: string;
}

/** Opens the pages, signed in as the user; a form is sent as the page itself has it, where it shows one. */
export async function visitPages({ world, given, happening }: Stage, visits: readonly Visit[]): Promise<void> {
  const tokens = new Map<string, string>();
  for (const { request, form: fields } of visits) {
    const [method = '', path = '', organization] = request.split(' ');
    const named = /\/slack\/([\w-]+)\//.exec(path)?.[1];
    const purpose = (named ?? (given.signed_params?.['organization_id'] ? 'unlink-team' : 'link-team')) as Purpose;
    const kind = /<([\w -]+)>/.exec(path)?.[1] ?? 'signed';
    // The same link again, not another one that looks like it.
    const name = JSON.stringify([purpose, organization, kind]);
    const token = tokens.get(name) ?? tokenFor(world, given, { purpose, organization, kind });
    tokens.set(name, token);
    const opened = { world, given, purpose, token };
    const sent = method === 'POST' ? await formToSend(opened, fields) : undefined;
    happening.answers.push(noDefect(await call(opened, method, sent)));
  }
}

/** The link that a case describes. */
function tokenFor(world: World, given: Given, { purpose, organization: named, kind }: LinkWish): string {
  const { app, slack } = world;
  const { signed_params: theirs = {} } = given;
  const organization = named ?? organizationWith(given, theirs['organization_id']);
  const parameters = {
    ...(theirs['integration_id'] !== undefined && {
      teamId: theirs['integration_id'] === 1 ? given.workspace : 'T0UNKNOWN',
    }),
    ...(theirs['slack_id'] !== undefined && { slackUserId: theirs['slack_id'] }),
    ...(theirs['channel_id'] !== undefined && { channelId: theirs['channel_id'] }),
    ...(theirs['channel_name'] !== undefined && { channelName: theirs['channel_name'] }),
    // Theirs is an address of nobody; ours is one that the Slack of the case has given out.
    ...(Boolean(theirs['response_url']) && { responseUrl: slack.responseUrl }),
    ...(organization !== undefined && { organization }),
  };
  const nowSeconds = epochSeconds(app.clock) - (kind === 'expired' ? linkLifetimeSeconds + 1 : given.url_age_s);
  const { linkSigningKey: key, randomText } = app;
  const token = signLink({ purpose, parameters }, { key, nowSeconds, randomText });
  return kind === 'signed' || kind === 'expired' ? token : `${token.slice(0, -2)}xx`;
}

/** Theirs are numbered. */
function organizationWith(given: Given, id: unknown): string | undefined {
  if (id === undefined) return undefined;
  return typeof id === 'number' ? (organizationsOf(given)[id - 1] ?? 'elsewhere') : String(id);
}

/** The fields that the page has, with what the case fills in. */
async function formToSend(opened: Opened, fields: Visit['form']): Promise<URLSearchParams> {
  const { given } = opened;
  const { body } = await call(opened, 'GET');
  const hidden = [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const sent = new URLSearchParams(hidden.map(([, name = '', value = '']): [string, string] => [name, value]));
  // A page that refuses shows no form; what is sent all the same is refused for the same reason, and not for its token.
  if (!sent.has(csrfField)) sent.set(csrfField, tokenOfForm(opened));
  const { organization, team } = teamAt(given, given.teams[0] ?? '');
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) sent.append(name, one === '<id>' ? `${organization}/${team}` : one);
  }
  return sent;
}

function tokenOfForm({ world, purpose, token }: Opened): string {
  const { n: id } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { n: string };
  return csrfToken(world.app, sessionOf(world), `${purpose} ${id}`);
}

async function call({ world, given, purpose, token }: Opened, method: string, sent?: URLSearchParams): Promise<Answer> {
  const { app } = world;
  const event = httpEvent({
    method,
    resource: `/extensions/slack/${purpose}/{token}`,
    pathParameters: { token },
    headers: {
      ...(given.logged_in_as !== null && { Cookie: sessionCookie(app, sessionOf(world)).split(';')[0] ?? '' }),
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    ...(sent !== undefined && { body: sent.toString() }),
  });
  const { statusCode, body, headers = {} } = await pageDoor(door, async () => app)(event, lambdaContext());
  return { status: statusCode, body, headers };
}

function sessionOf({ app, user }: World) {
  return { id: 'the-session', userId: user.id, email: user.email, signedInAtSeconds: epochSeconds(app.clock) };
}
