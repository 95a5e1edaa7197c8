import { type Caller, reachLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { type Page, type PageRequest, readPage, requirePosition } from '../platform/pagination.ts';
import { listProjects } from '../projects/index.ts';
import type { IncidentJson } from './incident-json.ts';
import { incidentSource } from './incident-store.ts';
import { ruleIdForm } from './rule-id.ts';
import { serializeIncidents } from './serialize-incident.ts';

/** Which incidents are asked for. */
export interface IncidentSelection {
  readonly organization: string;
  readonly caller: Caller;
  readonly status: 'open' | 'closed' | 'all';
  readonly ruleId?: string | undefined;
  /** Slugs or IDs; all within reach when there are none. */
  readonly projects?: readonly string[] | undefined;
  /** Only what was noticed from this moment on (ISO); what is older is not even read. */
  readonly since?: string | undefined;
  readonly page: PageRequest;
}

/**
 * A page of the incidents of projects within reach, newest first.
 * @throws BadRequestError about the cursor, UnauthenticatedError when the person has left the organization
 */
export async function listIncidents(
  app: Pick<App, 'table'>,
  { organization, caller, status, ruleId, projects = [], since = '', page }: IncidentSelection,
): Promise<Page<IncidentJson>> {
  requirePosition(page.start?.position, /^\d{8,16}$/u);
  const [[reach], all] = await Promise.all([
    lookUp(app.table, [reachLookup(caller)]),
    listProjects(app, { organization }),
  ]);
  const meant = all.filter(
    ({ id, slug, team }) => reach(team) && (projects.length === 0 || projects.includes(id) || projects.includes(slug)),
  );
  if (ruleId !== undefined && !ruleIdForm.test(ruleId)) return { items: [] };
  const byId = new Map(meant.map((project) => [project.id, project]));
  const source = incidentSource(app.table, { organization, ruleId });
  const { items, ...cursors } = await readPage(page, async function* (start) {
    for await (const { position, item } of source(start)) {
      // They are numbered as they are noticed: none behind this one is newer.
      if (item !== undefined && item.createdAt < since && !start.backwards) return;
      const isAsked =
        item !== undefined &&
        item.detectedAt >= since &&
        item.organization === organization &&
        byId.has(item.projectId) &&
        (status === 'all' || (item.status === 'closed') === (status === 'closed'));
      yield isAsked ? { position, item } : { position };
    }
  });
  return { ...cursors, items: await serializeIncidents(app, items, byId) };
}
