import {
  type AlertRuleBody,
  type AlertRuleChanges,
  addAlertRule,
  changeAlertRule,
  removeAlertRule,
} from '../../lib/alerts/index.ts';
import type { Caller } from '../../lib/organizations/index.ts';
import * as endpoints from '../api-endpoints/alert-rules.ts';
import { serve } from '../middleware/api-door.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { type AlertRulesApp, answerWith, projectOf, type RulesAddress, ruleOf } from './rule-request.ts';

interface Request<Path, Body> {
  readonly caller: Caller;
  readonly path: Path;
  readonly body: Body;
}

/** The project of the address, which the body may name as well: by slug or by ID, and no other. */
function watching<B extends Pick<AlertRuleBody, 'projects'>>(
  body: B,
  project: Awaited<ReturnType<typeof projectOf>>,
): B {
  if (project === undefined) return body;
  const others = (body.projects ?? []).filter((named) => named !== project.id && named !== project.slug);
  return { ...body, projects: [project.slug, ...others] };
}

async function create(
  app: AlertRulesApp,
  { caller, path, body }: Request<RulesAddress, AlertRuleBody>,
): Promise<HttpAnswer> {
  const wanted = { caller, body: watching(body, await projectOf(app, caller, path)) };
  return answerWith(app, { caller, path }, await addAlertRule(app, wanted), 201);
}

async function change(
  app: AlertRulesApp,
  { caller, path, body }: Request<RulesAddress & { readonly rule: string }, AlertRuleChanges>,
): Promise<HttpAnswer> {
  const project = await projectOf(app, caller, path);
  const wanted = { caller, ruleId: path.rule, projectId: project?.id, changes: watching(body, project) };
  return answerWith(app, { caller, path }, await changeAlertRule(app, wanted));
}

async function remove(
  app: AlertRulesApp,
  { caller, path }: Request<RulesAddress & { readonly rule: string }, unknown>,
): Promise<HttpAnswer> {
  await removeAlertRule(app, await ruleOf(app, caller, path));
  return { status: 204 };
}

/** Creates, changes and deletes alert rules. */
export const servedWrites = [
  serve(endpoints.createAlertRule, create, { notesUse: true }),
  serve(endpoints.createProjectAlertRule, create, { notesUse: true }),
  serve(endpoints.updateAlertRule, change, { notesUse: true }),
  serve(endpoints.updateProjectAlertRule, change, { notesUse: true }),
  serve(endpoints.deleteAlertRule, remove, { notesUse: true }),
  serve(endpoints.deleteProjectAlertRule, remove, { notesUse: true }),
];
