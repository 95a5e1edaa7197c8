import { environmentWrite } from '../../lib/releases/environment-store.ts';
import { linkKey } from '../../lib/releases/release-link-store.ts';
import type { AcmeApp } from './acme.ts';
import type { ApiClient } from './api.ts';

/** Creates releases a minute apart, in this order: `[version, slugs of its projects, …]`. */
export async function createReleases(
  { app, api }: { readonly app: AcmeApp; readonly api: ApiClient },
  releases: readonly (readonly [version: string, projects: readonly string[], more?: object])[],
): Promise<void> {
  for (const [version, projects, more] of releases) {
    app.clock.advance(60_000);
    const { status } = await api.post('/api/0/organizations/acme/releases/', { version, projects, ...more });
    if (status >= 300) throw new Error(`creating ${version} was answered with ${status}`);
  }
}

/** Says of releases that they were deployed to an environment for a project: `[version, project ID, environment]`. */
export async function storeEnvironments(
  { table }: AcmeApp,
  deployed: readonly (readonly [version: string, projectId: string, environment: string])[],
): Promise<void> {
  const organization = 'acme';
  for (const [version, projectId, environment] of deployed) {
    await table.write([
      environmentWrite(organization, environment, '2026-03-02T09:00:00.000Z'),
      {
        update: linkKey({ organization, version, projectId }),
        set: {
          expression: 'ADD #environments :environments',
          names: { '#environments': 'environments' },
          values: { ':environments': new Set([environment]) },
        },
      },
    ]);
  }
}

/** Says of a release that it has health data in a project. */
export async function storeHealthData({ table }: AcmeApp, version: string, projectId: string): Promise<void> {
  await table.update(linkKey({ organization: 'acme', version, projectId }), {
    expression: 'SET #hasHealthData = :true',
    names: { '#hasHealthData': 'hasHealthData' },
    values: { ':true': true },
  });
}
