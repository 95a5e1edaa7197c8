import { createHash } from 'node:crypto';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { InvalidFieldsError, NotFoundError, UnavailableError } from '../platform/errors.ts';
import { happened } from '../platform/happened.ts';
import { lookUp } from '../platform/lookup.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import type { WriteAction } from '../platform/table.ts';
import { writeWithId } from '../platform/write-with-id.ts';
import { type Deploy, deployLookup, deployRequestLookup, deployWrites } from './deploy-store.ts';
import { environmentLookup, environmentWrite } from './environment-store.ts';
import { countDeployWrite, type LastDeploys, lastDeploysLookup, lastDeployWrites } from './last-deploy-store.ts';
import { messages } from './messages.ts';
import { environmentOfLinksWrites, linksLookup, type ReleaseLink } from './release-link-store.ts';
import type { DeployRecord, Release } from './release-record.ts';
import { releaseLookup } from './release-store.ts';

/** A deploy that is wished for. */
export type DeployWish = Omit<DeployRecord, 'id' | 'dateFinished'> & {
  /** Now, unless told. */
  readonly dateFinished?: string | undefined;
  /** Its projects, as the client named them; undefined when it named none. */
  readonly named: readonly string[] | undefined;
  /** IDs of the projects that it concerns. */
  readonly projectIds: readonly string[];
};

/** What a deploy changes, as it stands. */
interface Standing {
  readonly release: Release;
  readonly isEnvironmentKnown: boolean;
  readonly lastDeploys: LastDeploys;
  readonly links: readonly ReleaseLink[];
  /** The deploy that the same request has made before. */
  readonly repeated: Deploy | undefined;
}

/** Each failed attempt means that somebody else's deploy succeeded which this one then lets pass, so that few are ever needed. */
const maxAttempts = 10;
/** Their names stand in one item, which has 400 kB at most. */
const maxEnvironments = 500;

/**
 * Stores a deploy in one transaction with all that follows from it. The same request again finds the deploy that is
 * there, provided that it says when the deploy finished: without that, two requests are two deploys of two moments.
 * @throws NotFoundError when the release is gone, InvalidFieldsError when it has been to too many environments
 */
export async function saveDeploy(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  release: Release,
  wish: DeployWish,
): Promise<Deploy> {
  const hash = requestHash(wish);
  const first = await readStanding(app, release, wish, hash);
  if (first.repeated !== undefined) return first.repeated;
  return saveWithSnowflakeId(app.ids, 'deploy', async (id) => {
    let standing = first;
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const deploy = newDeploy(id, standing.release, wish, isoTime(app.clock.now()));
      if (await happened(writeWithId(app.table, 'deploy', id, writesOf(deploy, standing, hash)))) return deploy;
      standing = await readStanding(app, release, wish, hash);
      if (standing.repeated !== undefined) return standing.repeated;
    }
    throw new UnavailableError(messages.tooBusy, 1);
  });
}

/** The links that do not know the environment yet. @throws InvalidFieldsError when one of them knows too many others */
function linksNewTo(environment: string, links: readonly ReleaseLink[]): readonly ReleaseLink[] {
  const newTo = links.filter(({ environments }) => !environments?.has(environment));
  if (newTo.some(({ environments }) => (environments?.size ?? 0) >= maxEnvironments)) {
    throw new InvalidFieldsError({ environment: [messages.tooManyEnvironments(maxEnvironments)] });
  }
  return newTo;
}

async function readStanding(
  app: Pick<App, 'table'>,
  { id, organization, version }: Release,
  { environment, projectIds }: DeployWish,
  hash: string | undefined,
): Promise<Standing> {
  const [release, isEnvironmentKnown, lastDeploys, links, repeatedId] = await lookUp(app.table, [
    releaseLookup(organization, version),
    environmentLookup(organization, environment),
    lastDeploysLookup(id, environment),
    linksLookup({ organization, version }, projectIds),
    deployRequestLookup(id, hash),
  ]);
  if (release?.id !== id) throw new NotFoundError(messages.releaseNotFound);
  const standing = { release, isEnvironmentKnown, lastDeploys, links };
  if (repeatedId === undefined) return { ...standing, repeated: undefined };
  const [repeated] = await lookUp(app.table, [deployLookup({ releaseId: id, id: repeatedId })]);
  return { ...standing, repeated };
}

/** At most 48 projects, as many as a release can have, and six more: that is a transaction. */
function writesOf(deploy: Deploy, standing: Standing, hash: string | undefined): WriteAction[] {
  const { organization, environment, createdAt } = deploy;
  const { release, isEnvironmentKnown, lastDeploys, links } = standing;
  const newIn = linksNewTo(environment, links).map(({ projectId }) => projectId);
  return [
    ...deployWrites(deploy, hash),
    countDeployWrite(deploy, release),
    ...lastDeployWrites(deploy, lastDeploys),
    ...environmentOfLinksWrites(release, newIn, environment),
    ...(isEnvironmentKnown ? [] : [environmentWrite(organization, environment, createdAt)]),
  ];
}

function newDeploy(id: string, release: Release, wish: DeployWish, now: string): Deploy {
  const { named: _, dateFinished = now, projectIds, ...said } = wish;
  const { id: releaseId, organization, version } = release;
  const where = { releaseId, organization, version, projectIds: [...projectIds] };
  return { id, ...said, dateFinished, ...where, createdAt: now, notified: false };
}

/** Names a request; the names of projects count and not what they lead to, which can change between a request and its repetition. */
function requestHash(wish: DeployWish): string | undefined {
  const { environment, name, url, dateStarted, dateFinished, named } = wish;
  if (dateFinished === undefined) return undefined;
  const said = [environment, name ?? null, url ?? null, dateStarted ?? null, dateFinished, named?.toSorted() ?? null];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
