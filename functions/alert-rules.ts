import * as z from 'zod';
import {
  type AlertRuleBody,
  addAlertRule,
  type DigestJob,
  lookUpRuleNames,
  pageOfAlertRules,
  requireReachedRule,
  type SavedRule,
  serializeAlertRule,
} from '../lib/alerts/index.ts';
import type { Caller } from '../lib/organizations/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { type DigestsApp, servedDigests } from './alert-rules/digests.ts';
import * as endpoints from './api-endpoints/alert-rules.ts';
import { apiDoor, serve } from './middleware/api-door.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import type { HttpRequest } from './middleware/http-request.ts';
import { idParts, idSettings } from './middleware/id-parts.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { projectInReach } from './middleware/reach.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = idSettings.extend({ PUBLIC_URL: z.url(), CHARTS_QUEUE_URL: z.url() });

type AlertRulesApp = DigestsApp;

async function shown(app: AlertRulesApp, caller: Caller, saved: SavedRule, status: 200 | 201): Promise<HttpAnswer> {
  const { rule, secrets } = saved;
  return { status, body: serializeAlertRule(rule, await lookUpRuleNames(app, caller, [rule]), secrets) };
}

async function list(
  app: AlertRulesApp,
  caller: Caller,
  wish: { readonly request: HttpRequest; readonly query: Parameters<typeof pageOf>[0]; readonly projectId?: string },
): Promise<HttpAnswer> {
  const page = await pageOfAlertRules(app, { caller, page: pageOf(wish.query), projectId: wish.projectId });
  const names = await lookUpRuleNames(app, caller, page.items);
  return pagedAnswer(app.publicUrl, wish.request, {
    ...page,
    items: page.items.map((rule) => serializeAlertRule(rule, names)),
  });
}

/** The project of the address, which the body may name as well: by slug or by ID, and no other. */
async function inProject(
  app: AlertRulesApp,
  caller: Caller,
  path: { readonly org: string; readonly project: string },
  body: AlertRuleBody,
): Promise<AlertRuleBody> {
  const { id, slug } = await projectInReach(app, caller, path);
  const others = (body.projects ?? []).filter((named) => named !== id && named !== slug);
  return { ...body, projects: [slug, ...others] };
}

/** Creates, lists and shows alert rules, and the digests of them. */
export const served = [
  ...servedDigests,
  serve(endpoints.listAlertRules, (app: AlertRulesApp, { caller, query, request }) =>
    list(app, caller, { query, request }),
  ),
  serve(
    endpoints.createAlertRule,
    async (app: AlertRulesApp, { caller, body }) => shown(app, caller, await addAlertRule(app, { caller, body }), 201),
    { notesUse: true },
  ),
  serve(endpoints.getAlertRule, async (app: AlertRulesApp, { caller, path: { rule: ruleId } }) => {
    const rule = await requireReachedRule(app, { caller, ruleId });
    return shown(app, caller, { rule, secrets: new Map() }, 200);
  }),

  serve(endpoints.listProjectAlertRules, async (app: AlertRulesApp, { caller, path, query, request }) => {
    const { id: projectId } = await projectInReach(app, caller, path);
    return list(app, caller, { query, request, projectId });
  }),
  serve(
    endpoints.createProjectAlertRule,
    async (app: AlertRulesApp, { caller, path, body }) => {
      const wanted = { caller, body: await inProject(app, caller, path, body) };
      return shown(app, caller, await addAlertRule(app, wanted), 201);
    },
    { notesUse: true },
  ),
  serve(endpoints.getProjectAlertRule, async (app: AlertRulesApp, { caller, path }) => {
    const { id: projectId } = await projectInReach(app, caller, path);
    const rule = await requireReachedRule(app, { caller, ruleId: path.rule, projectId });
    return shown(app, caller, { rule, secrets: new Map() }, 200);
  }),
];

export const handler = apiDoor(
  'alert-rules',
  served,
  appSource(settings, async (config, { clock }) => {
    const { parts, secrets } = await idParts(config, clock);
    return {
      ...parts,
      randomText,
      publicUrl: config.PUBLIC_URL,
      charts: sqsQueue<DigestJob>(config.CHARTS_QUEUE_URL),
      tokenEncryptionKey: secrets.tokenEncryptionKey,
    };
  }),
);
