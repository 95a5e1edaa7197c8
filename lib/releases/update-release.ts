import { type FoundRelease, type ReleaseAddressed, requireRelease } from './find-release.ts';
import type { ReleaseWish } from './plan-change.ts';
import type { ReleaseUpdateBody } from './release-body.ts';
import { type ContentsApp, changeContents, planContents } from './release-contents.ts';
import type { ReleaseJson } from './release-json.ts';
import { saveRelease } from './save-release.ts';
import { serializeRelease } from './serialize-release.ts';

/** Which release changes, and how. */
export interface ReleaseUpdate extends ReleaseAddressed {
  readonly body: ReleaseUpdateBody;
}

/**
 * Changes a release: what the body leaves out stays, null clears, and a list of commits takes the place of the one before.
 * @throws NotFoundError, ForbiddenError as `requireRelease`; InvalidFieldsError before anything is written
 */
export async function updateRelease(app: ContentsApp, { body, ...addressed }: ReleaseUpdate): Promise<ReleaseJson> {
  const { release: standing, reached, owner }: FoundRelease = await requireRelease(app, addressed);
  const { organization, version } = standing;
  const plan = await planContents(
    app,
    organization,
    addressed.project === undefined ? body : { commits: body.commits },
  );
  const { release } = await saveRelease(app, { organization, version }, standing, {
    ...wishOf(body),
    mustExist: true,
  });
  const changed = await changeContents(app, release, plan, addressed.caller.userId);
  return serializeRelease(changed, reached, owner);
}

/** A blank text says as much as null. */
function wishOf({ ref, url, dateReleased, status }: ReleaseUpdateBody): ReleaseWish {
  return {
    set: {
      ...(ref !== undefined && { ref: ref || null }),
      ...(url !== undefined && { url: url || null }),
      ...(dateReleased !== undefined && { dateReleased }),
    },
    ...(status && { status }),
  };
}
