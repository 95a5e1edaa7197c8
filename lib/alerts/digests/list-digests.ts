import type { App } from '../../platform/app.ts';
import { type Page, type PageRequest, readPage, requirePosition } from '../../platform/pagination.ts';
import type { RuleCaller } from '../rules/resolve-rule.ts';
import { serializeDigest, serializeSending } from './digest-json.ts';
import { loadSendings } from './digest-sending-store.ts';
import { deleteDigest, loadDigestPages } from './digest-store.ts';
import { digestsInReach, requireReachedDigest } from './reached-digest.ts';

interface WantedDigest {
  readonly caller: RuleCaller;
  readonly digestId: string;
}

/**
 * A page of the digests all of whose rules the caller reaches, the oldest first.
 * @throws BadRequestError for a cursor that is none, UnauthenticatedError for who has left the organization
 */
export async function listDigests(
  app: Pick<App, 'table'>,
  { caller, page }: { readonly caller: RuleCaller; readonly page: PageRequest },
): Promise<Page<ReturnType<typeof serializeDigest>>> {
  requirePosition(page.start?.position, /^\d{1,20}$/u);
  return readPage(page, async function* (start) {
    for await (const digests of loadDigestPages(app, caller.organization, start)) {
      const reached = new Map((await digestsInReach(app, caller, digests)).map((one) => [one.digest.id, one]));
      for (const { id: position } of digests) {
        const one = reached.get(position);
        yield one === undefined ? { position } : { position, item: serializeDigest(one) };
      }
    }
  });
}

/** All digests of an organization, the oldest first: for operators, who reach everything. */
export async function listAllDigests(
  app: Pick<App, 'table'>,
  { organization }: { readonly organization: string },
): Promise<ReturnType<typeof serializeDigest>[]> {
  const pages = await Array.fromAsync(loadDigestPages(app, organization, { backwards: false }));
  return (await digestsInReach(app, { organization }, pages.flat())).map(serializeDigest);
}

/** A digest with its last sendings. @throws NotFoundError, UnauthenticatedError */
export async function showDigest(app: Pick<App, 'table'>, wanted: WantedDigest) {
  const reached = await requireReachedDigest(app, wanted);
  const sendings = await loadSendings(app, reached.digest.id);
  return { ...serializeDigest(reached), sendings: sendings.map(serializeSending) };
}

/** Deletes a digest; what is being sent at this moment may still come. @throws NotFoundError, UnauthenticatedError */
export async function removeDigest(app: Pick<App, 'table'>, wanted: WantedDigest): Promise<void> {
  const { digest } = await requireReachedDigest(app, wanted);
  await deleteDigest(app, digest.id);
}
