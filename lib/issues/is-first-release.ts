import type { App } from '../platform/app.ts';
import { hasFirstReleaseEntry } from './issue-entry-store.ts';

/** Keys of the table end at 2,048 bytes; no version of a release comes near that. */
const maxVersionBytes = 1_500;

/** Whether an existing issue was first seen in this release: then the release cannot be removed. One request. */
export async function isFirstRelease(
  app: Pick<App, 'table'>,
  { organization, version }: { readonly organization: string; readonly version: string },
): Promise<boolean> {
  if (Buffer.byteLength(version) > maxVersionBytes) return false;
  return hasFirstReleaseEntry(app.table, organization, version);
}
