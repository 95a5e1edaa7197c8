import type { App } from '../platform/app.ts';

/** Whether an existing issue was first seen in this release: then the release cannot be removed. One request. */
export async function isFirstRelease(
  app: Pick<App, 'table'>,
  { organization, version }: { readonly organization: string; readonly version: string },
): Promise<boolean> {
  const partition = `FIRST_RELEASE#${organization}#${version}`;
  return (await app.table.query({ partition, limit: 1, consistent: true })).items.length > 0;
}
