import { servedLists } from './list-issues/browse-issues.ts';
import { servedDetails } from './list-issues/show-issue.ts';
import { apiDoor } from './middleware/api-door.ts';
import { listParts, listSettings } from './middleware/list-parts.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = listSettings;

/** Issues as they are read: the lists, and all about one of them. */
export const served = [...servedLists, ...servedDetails];

export const handler = apiDoor('list-issues', served, appSource(settings, listParts));
