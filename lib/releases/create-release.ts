import {
  type Caller,
  findUserId,
  type MemberProfile,
  memberProfileLookup,
  type Reach,
  reachLookup,
} from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { InvalidFieldsError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import type { Queue } from '../platform/queue.ts';
import { type FoundProjects, type Project, projectsLookup } from '../projects/index.ts';
import type { AfterRelease } from './after-release.ts';
import { theProject } from './find-release.ts';
import { messages } from './messages.ts';
import type { ReleaseBody } from './release-body.ts';
import { type ContentsApp, planContents, setContents } from './release-contents.ts';
import type { ReleaseJson } from './release-json.ts';
import type { Release } from './release-record.ts';
import { releaseLookup } from './release-store.ts';
import { requireStandingReach } from './require-standing-reach.ts';
import { type SaveWish, saveRelease } from './save-release.ts';
import { serializeRelease } from './serialize-release.ts';

/** What creating a release needs of the outside world. */
export type CreateReleaseApp = ContentsApp & { readonly followUps: Queue<AfterRelease> };

/** Who wants which release. */
export interface ReleaseRequest {
  /** Allowed already to create releases in this organization. */
  readonly caller: Caller;
  readonly organization: string;
  /** The one project, by slug or ID, when the address names it; then the projects of the body do not count. */
  readonly project?: string | undefined;
  readonly body: ReleaseBody;
  readonly userAgent?: string | undefined;
}

const maxUserAgentCharacters = 256;

/**
 * Creates a release for projects, or adds to the one that has this version: projects, a different status, and what was
 * still empty. `isNew` when it was created or any project is new to it.
 *
 * One read for everything that is asked for, one write. Two more reads at most: for an owner who is named by address, and
 * for projects and the owner that the release had before. What can be done later is left to a queue; the message is sent for
 * a release that was there, too, because the answer to an earlier request may have been lost before it was.
 * @throws UnauthenticatedError, ForbiddenError, NotFoundError, InvalidFieldsError; all before anything is written
 */
export async function createRelease(
  app: CreateReleaseApp,
  request: ReleaseRequest,
): Promise<{ readonly isNew: boolean; readonly release: ReleaseJson }> {
  const { caller, organization, body } = request;
  const named = request.project === undefined ? (body.projects ?? []) : [request.project];
  const ownerId = body.owner ? await findUserId(app, body.owner) : undefined;
  const [reach, projects, standing, owner] = await lookUp(app.table, [
    reachLookup(caller),
    projectsLookup(organization, named),
    releaseLookup(organization, body.version),
    memberProfileLookup(organization, ownerId),
  ]);
  const reached = request.project === undefined ? reachedProjects(projects, reach) : [theProject(projects, reach)];
  const may = await requireStandingReach(app, { caller, body, standing, reach, named: reached });
  if (body.owner && owner === undefined) throw new InvalidFieldsError({ owner: [messages.ownerUnknown] });
  const plan = await planContents(app, organization, request.project === undefined ? body : { commits: body.commits });
  const { release: saved, isNew } = await saveRelease(app, { organization, version: body.version }, standing, {
    ...wishOf(may.attachOnly ? {} : body, owner?.userId, reached),
    tellAttached: request.project === undefined,
    ...(request.userAgent !== undefined && {
      userAgent: [...request.userAgent].slice(0, maxUserAgentCharacters).join(''),
    }),
  });
  const release = await setContents(app, saved, plan, caller.userId);
  await app.followUps.send(followUpsOf(standing, saved, isoTime(app.clock.now()), caller));
  return { isNew, release: await show(app, release, { known: may.known, owner, reach }) };
}

/** For a project that gets a release which is there already, the release comes now, and not when it was created. */
function followUpsOf(before: Release | undefined, after: Release, now: string, caller: Caller): AfterRelease[] {
  const { organization, version, dateAdded } = after;
  const projects = [...(after.projectIds ?? [])];
  const attached = before === undefined ? [] : projects.filter((id) => before.projectIds?.has(id) !== true);
  const others = projects.filter((id) => !attached.includes(id));
  const common = { organization, version, token: { id: caller.tokenId, hash: caller.tokenHash } };
  return [
    ...(others.length > 0 || attached.length === 0 ? [{ ...common, addedAt: dateAdded, projectIds: others }] : []),
    ...(attached.length > 0 ? [{ ...common, addedAt: now, projectIds: attached }] : []),
  ];
}

function reachedProjects({ found, missing }: FoundProjects, reach: Reach): readonly Project[] {
  const outOfReach = found.filter(({ team }) => !reach(team)).map(({ slug }) => slug);
  const refused = [...missing, ...outOfReach];
  if (refused.length > 0) throw new InvalidFieldsError({ projects: [messages.projectsUnknown(refused)] });
  return found;
}

function wishOf(body: Partial<ReleaseBody>, ownerId: string | undefined, projects: readonly Project[]): SaveWish {
  const { ref, url, dateReleased, dateStarted, status } = body;
  return {
    fill: {
      ...(ref && { ref }),
      ...(url && { url }),
      ...(dateReleased && { dateReleased }),
      ...(dateStarted && { dateStarted }),
      ...(ownerId && { ownerId }),
    },
    ...(status && { status }),
    projectIds: projects.map(({ id }) => id),
  };
}

/** Shows the release, of its projects those within reach; what it had before this request is read only when there is any. */
async function show(
  app: Pick<App, 'table'>,
  release: Release,
  { known, owner, reach }: { known: readonly Project[]; owner: MemberProfile | undefined; reach: Reach },
): Promise<ReleaseJson> {
  const within = (projects: readonly Project[]) => projects.filter(({ team }) => reach(team));
  const knownIds = new Set(known.map(({ id }) => id));
  const others = [...(release.projectIds ?? [])].filter((id) => !knownIds.has(id));
  if (others.length === 0 && release.ownerId === owner?.userId) return serializeRelease(release, within(known), owner);
  const [{ found }, itsOwner] = await lookUp(app.table, [
    projectsLookup(release.organization, others),
    memberProfileLookup(release.organization, release.ownerId),
  ]);
  return serializeRelease(release, within([...known, ...found]), itsOwner);
}
