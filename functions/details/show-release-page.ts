import { listDeploys, listReleaseCommits, readRelease } from '../../lib/releases/index.ts';
import type { DetailsApp } from '../details.ts';
import { organizationPage } from '../middleware/organization-page.ts';
import { releasePage } from '../pages/detail-pages.ts';

const page = { limit: 100 };

/** All about a release. */
export const showReleasePage = organizationPage<DetailsApp>(
  { place: 'releases', variable: 'version' },
  async (app, visit) => {
    const { caller, organization, name: version, footer } = visit;
    const request = { caller, organization, version };
    const release = await readRelease(app, request);
    const [{ items: commits }, { items: deploys }] = await Promise.all([
      listReleaseCommits(app, { ...request, page }),
      listDeploys(app, { ...request, page }),
    ]);
    return releasePage({ release, commits, deploys, footer });
  },
);
