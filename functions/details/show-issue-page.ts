import { showActivities, showIssue } from '../../lib/issues/index.ts';
import type { DetailsApp } from '../details.ts';
import { issueViewer } from '../middleware/issue-viewer.ts';
import { organizationPage } from '../middleware/organization-page.ts';
import { issuePage } from '../pages/issue-page.ts';

const shownActivities = 100;

/** All about an issue. */
export const showIssuePage = organizationPage<DetailsApp>(
  { place: 'issues', variable: 'issue' },
  async (app, visit) => {
    const { caller, organization, name: issue, footer } = visit;
    const request = { organization, issue, viewer: issueViewer(app, caller) };
    const shown = await showIssue(app, request);
    const { items: activities } = await showActivities(app, { ...request, page: { limit: shownActivities } });
    return issuePage({ issue: shown, activities, footer });
  },
);
