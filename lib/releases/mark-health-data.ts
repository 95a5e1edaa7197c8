import type { App } from '../platform/app.ts';
import { setHealthData } from './release-link-store.ts';

/** Remembers that sessions of a release came from a project; `false` when the project has no such release. */
export function markHealthData(
  app: Pick<App, 'table'>,
  at: { readonly organization: string; readonly version: string; readonly projectId: string },
): Promise<boolean> {
  return setHealthData(app.table, at);
}
