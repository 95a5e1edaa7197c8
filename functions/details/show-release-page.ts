import { listIncidents } from '../../lib/alerts/index.ts';
import { listResolvedIssues } from '../../lib/issues/index.ts';
import { listDeploys, listReleaseCommits, readRelease } from '../../lib/releases/index.ts';
import type { DetailsApp } from '../details.ts';
import { issueViewer } from '../middleware/issue-viewer.ts';
import { organizationPage } from '../middleware/organization-page.ts';
import { releasePage } from '../pages/release-page.ts';

const page = { limit: 100 };
const newestIncidents = { limit: 25 };

/** All about a release. */
export const showReleasePage = organizationPage<DetailsApp>(
  { place: 'releases', variable: 'version' },
  async (app, visit) => {
    const { caller, organization, name: version, footer } = visit;
    const request = { caller, organization, version };
    const release = await readRelease(app, request);
    const projects = release.projects.map(({ slug }) => slug);
    // From then on what goes wrong may have to do with it.
    const since = release.dateReleased ?? release.dateCreated;
    const resolved = { releaseId: String(release.id), viewer: issueViewer(app, caller), most: page.limit };
    const [{ items: commits }, { items: deploys }, resolvedIssues, { items: incidents }] = await Promise.all([
      listReleaseCommits(app, { ...request, page }),
      listDeploys(app, { ...request, page }),
      listResolvedIssues(app, { organization, ...resolved }),
      listIncidents(app, { organization, caller, status: 'all', projects, since, page: newestIncidents }),
    ]);
    const site = { publicUrl: app.publicUrl, organization };
    return releasePage({ release, commits, deploys, resolvedIssues, incidents, footer, site });
  },
);
