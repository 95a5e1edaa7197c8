import type { App } from '../platform/app.ts';
import { type Page, type PageRequest, readPage, sourceOf } from '../platform/pagination.ts';
import { readDeploys } from './deploy-store.ts';
import { type ReleaseAddressed, requireRelease } from './find-release.ts';
import { readLastDeploys } from './last-deploy-store.ts';
import type { DeployJson } from './release-json.ts';
import { serializeDeploy } from './serialize-release.ts';

/**
 * A page of the last deploys of a release to each environment for each of its projects within reach (or for the one in the address),
 * newest finished first. A deploy that is the last one for several projects is there once.
 * @throws NotFoundError, ForbiddenError
 */
export async function listDeploys(
  app: Pick<App, 'table'>,
  request: ReleaseAddressed & { readonly page: PageRequest },
): Promise<Page<DeployJson>> {
  const { release, reached } = await requireRelease(app, request);
  const counted = reached.filter(
    ({ id, slug }) => request.project === undefined || [id, slug].includes(request.project),
  );
  const lastDeploys = await readLastDeploys(app.table, release.id);
  const positions = new Set(lastDeploys.flatMap((last) => counted.flatMap(({ id }) => last.get(id) ?? [])));
  const entries = [...positions].sort(newestFirst).map((position) => ({ position, item: idIn(position) }));
  const page = await readPage(request.page, sourceOf(entries, newestFirst));
  const deploys = await readDeploys(app.table, release.id, page.items);
  return { ...page, items: page.items.flatMap((id) => deploys.get(id) ?? []).map(serializeDeploy) };
}

function newestFirst(one: string, other: string): number {
  return one > other ? -1 : Number(one < other);
}

function idIn(position: string): string {
  return position.slice(position.indexOf('#') + 1);
}
