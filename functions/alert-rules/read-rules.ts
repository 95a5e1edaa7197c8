import { lookUpRuleNames, pageOfAlertRules, serializeAlertRule } from '../../lib/alerts/index.ts';
import type { Caller } from '../../lib/organizations/index.ts';
import * as endpoints from '../api-endpoints/alert-rules.ts';
import { serve } from '../middleware/api-door.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { pagedAnswer, pageOf } from '../middleware/paging.ts';
import {
  type AlertRulesApp,
  answerWith,
  mayChangeRules,
  projectOf,
  type RulesAddress,
  ruleOf,
} from './rule-request.ts';

interface ListRequest {
  readonly caller: Caller;
  readonly path: RulesAddress;
  readonly query: Parameters<typeof pageOf>[0];
  readonly request: HttpRequest;
}

async function list(app: AlertRulesApp, { caller, path, query, request }: ListRequest): Promise<HttpAnswer> {
  const project = await projectOf(app, caller, path);
  const page = await pageOfAlertRules(app, { caller, page: pageOf(query), projectId: project?.id });
  const names = await lookUpRuleNames(app, caller, page.items);
  const view = { showsAddresses: mayChangeRules(caller, path) };
  const items = page.items.map((rule) => serializeAlertRule(rule, names, view));
  return pagedAnswer(app.publicUrl, request, { ...page, items });
}

async function show(
  app: AlertRulesApp,
  { caller, path }: { readonly caller: Caller; readonly path: RulesAddress & { readonly rule: string } },
): Promise<HttpAnswer> {
  return answerWith(app, { caller, path }, { rule: await ruleOf(app, caller, path), secrets: new Map() });
}

/** Lists and shows alert rules. */
export const servedReads = [
  serve(endpoints.listAlertRules, list),
  serve(endpoints.listProjectAlertRules, list),
  serve(endpoints.getAlertRule, show),
  serve(endpoints.getProjectAlertRule, show),
];
