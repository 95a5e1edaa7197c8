import { type Caller, reachLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { type Page, type PageRequest, readPage, requirePosition, sourceOf } from '../platform/pagination.ts';
import { listProjects } from '../projects/index.ts';
import { requireReachedIncident } from './change-incident.ts';
import { type NotificationJson, serializeNotification } from './notification-json.ts';
import {
  addressOf,
  loadNotifications,
  notificationOrder,
  type UnsentState,
  unsentSource,
} from './notification-store.ts';
import type { IncidentToShow } from './show-incident.ts';

/** A page of those who were told of an incident, or could not be, in the order of its changes. @throws NotFoundError, UnauthenticatedError */
export async function listIncidentNotifications(
  app: Pick<App, 'table'>,
  { page, ...wanted }: Omit<IncidentToShow, 'userId'> & { readonly page: PageRequest },
): Promise<Page<NotificationJson>> {
  const { organization, identifier: incident } = await requireReachedIncident(app, wanted);
  const entries = (await loadNotifications(app, { organization, incident })).map((one) => ({
    position: notificationOrder(addressOf(one)),
    item: serializeNotification(one),
  }));
  return readPage(page, sourceOf(entries));
}

/**
 * A page of what failed for good or was skipped of all incidents within reach, newest first.
 * @throws BadRequestError about the cursor, UnauthenticatedError when the person has left the organization
 */
export async function listUnsentNotifications(
  app: Pick<App, 'table'>,
  wanted: {
    readonly organization: string;
    readonly caller: Caller;
    readonly state: UnsentState;
    readonly page: PageRequest;
  },
): Promise<Page<NotificationJson>> {
  const { organization, caller, state, page } = wanted;
  requirePosition(page.start?.position, /^[\x20-\x7e]{1,1000}$/u);
  const [[reach], projects] = await Promise.all([
    lookUp(app.table, [reachLookup(caller)]),
    listProjects(app, { organization }),
  ]);
  const reached = new Set(projects.filter(({ team }) => reach(team)).map(({ id }) => id));
  const source = unsentSource(app.table, { organization, state });
  return readPage(page, async function* (start) {
    for await (const { position, item } of source(start)) {
      const isReached = item !== undefined && reached.has(item.subject.projectId);
      yield isReached ? { position, item: serializeNotification(item) } : { position };
    }
  });
}
