import * as z from 'zod';
import { scopes } from '../../../lib/organizations/index.ts';
import type { ApiClient } from '../../support/api.ts';
import { releasesPath, type Stage } from './happening.ts';
import { releaseCommits } from './look.ts';
import { fillIn } from './placeholders.ts';
import { fetchedFromProvider, settle } from './queues.ts';
import { otherOrganization, people, type World } from './world.ts';

const scopeList = z.array(z.enum(scopes));

/** Whose token a request carries. */
const auth = z.union([
  z.strictObject({ user_token_scopes: scopeList }),
  z.strictObject({ org_token_scopes: scopeList }),
  z.strictObject({ api_key_scopes: scopeList }),
  z.strictObject({ org_token: z.string(), scopes: scopeList }),
  z.strictObject({ api_key: z.string(), scopes: scopeList }),
]);

const line = z.string().regex(/^[A-Z]+ \S/);

/** A request; some cases write its line alone. */
const request = z.preprocess(
  (value) => (typeof value === 'string' ? { request: value } : value),
  z.strictObject({
    request: line,
    json: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    auth: auth.optional(),
    auth_variants: z.array(auth).optional(),
    /** The commits that the provider finds between the refs, newest first. */
    provider_returns: z.array(z.string()).optional(),
  }),
);

type Request = z.output<typeof request>;

/** One request, or several one after the other. */
export const requestForm = z.union([
  request.transform((one) => [one]),
  z.strictObject({ requests: z.array(request) }).transform(({ requests }) => requests),
]);

/** The requests of a case. */
export type Requests = z.output<typeof requestForm>;

/** Sends the requests as whoever the case is about, each through the door that serves it. */
export async function sendRequests(stage: Stage, requests: Requests): Promise<void> {
  for (const one of requests) {
    stage.world.app.clock.advance(1_000);
    const clients = await clientsOf(stage, one);
    for (const client of clients) await sendOne(stage, one, client);
    await settle(stage.world);
    if (one.provider_returns === undefined) continue;
    await fetchedFromProvider(stage.world, one.provider_returns);
    const { version, facts } = stage.happening;
    const before = (facts['release_commits_after'] ?? []) as readonly string[][];
    facts['release_commits_after'] = [...before, await releaseCommits(stage.world, version)];
  }
}

async function sendOne({ world, given, happening }: Stage, one: Request, client: ApiClient): Promise<void> {
  const [method = '', asked = ''] = one.request.split(/ (.*)/);
  const first = given.releases[0]?.version;
  const names = namesIn(world);
  const path = fullPath(fillIn(asked, names), releasesPath(world, first), given.org);
  const body = one.json === undefined ? undefined : fillIn(one.json, names);
  const inPath = /\/releases\/([^/?]+)\//.exec(path)?.[1];
  const inBody = (body as { version?: unknown } | undefined)?.version;
  if (inPath !== undefined) happening.version = decodeURIComponent(inPath);
  else if (typeof inBody === 'string') happening.version = inBody;
  else if (first !== undefined) happening.version ??= first;
  happening.sent.push(body, path);
  const options = one.headers === undefined ? {} : { headers: one.headers };
  happening.answers.push(await client.send(method, path, body, options));
}

/** Cases shorten addresses: `release` is the one that is given, `...` the organization. */
function fullPath(asked: string, release: string, org: string): string {
  if (asked.startsWith('...')) return `/api/0/organizations/${org}${asked.slice('...'.length)}`;
  if (asked.startsWith('/')) return asked;
  return asked.replace(/^release\/?/, release);
}

/** What stands for values that only this world has: projects for their IDs. */
function namesIn({ app, projects, memberId }: World): Record<string, string> {
  return {
    ...Object.fromEntries([...projects].map(([slug, { id }]) => [slug, id])),
    now: new Date(app.clock.now()).toISOString(),
    user: people.member,
    'user email': people.member,
    'user id': memberId,
  };
}

async function clientsOf({ world }: Stage, { auth: own, auth_variants: variants }: Request): Promise<ApiClient[]> {
  const wishes = variants ?? (own === undefined ? undefined : [own]);
  if (wishes === undefined) return [world.user];
  return Promise.all(
    wishes.map((wish) => {
      if ('user_token_scopes' in wish) {
        return world.clientWith({ scopes: wish.user_token_scopes, email: people.member });
      }
      if ('org_token_scopes' in wish) return world.clientWith({ scopes: wish.org_token_scopes });
      if ('api_key_scopes' in wish) return world.clientWith({ scopes: wish.api_key_scopes });
      const of = 'api_key' in wish ? wish.api_key : wish.org_token;
      const isOther = of !== world.organization.slug;
      return world.clientWith({ scopes: wish.scopes, ...(isOther && { organization: otherOrganization }) });
    }),
  );
}
