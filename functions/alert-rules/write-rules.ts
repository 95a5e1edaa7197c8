import {
  type AlertRuleBody,
  type AlertRuleChanges,
  addAlertRule,
  alertRuleBody,
  alertRuleChangesBody,
  changeAlertRule,
  faultsOfAddition,
  faultsOfChange,
  readableParts,
  removeAlertRule,
} from '../../lib/alerts/index.ts';
import type { Caller } from '../../lib/organizations/index.ts';
import type { FieldErrors } from '../../lib/platform/errors.ts';
import * as endpoints from '../api-endpoints/alert-rules.ts';
import { serve } from '../middleware/api-door.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { type AlertRulesApp, answerWith, projectOf, type RulesAddress, ruleOf } from './rule-request.ts';

interface Request<Path, Body> {
  readonly caller: Caller;
  readonly path: Path;
  readonly body: Body;
}

/** A request with a body that is no rule. */
interface WrongRequest<Path> extends Pick<Request<Path, unknown>, 'caller' | 'path'> {
  readonly sent: unknown;
}

type RuleAddress = RulesAddress & { readonly rule: string };

/** The project of the address, which the body may name as well: by slug or by ID, and no other. */
function watching<B extends Pick<AlertRuleChanges, 'projects'>>(
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

async function alsoWrongWithNew(
  app: AlertRulesApp,
  { caller, path, sent }: WrongRequest<RulesAddress>,
): Promise<FieldErrors> {
  const { body, wrong } = readableParts(alertRuleBody, sent);
  const parts = { body: watching(body, await projectOf(app, caller, path)), wrong };
  return faultsOfAddition(app, { caller, parts });
}

async function change(
  app: AlertRulesApp,
  { caller, path, body }: Request<RuleAddress, AlertRuleChanges>,
): Promise<HttpAnswer> {
  const project = await projectOf(app, caller, path);
  const wanted = { caller, ruleId: path.rule, projectId: project?.id, changes: watching(body, project) };
  return answerWith(app, { caller, path }, await changeAlertRule(app, wanted));
}

async function alsoWrongWithChange(
  app: AlertRulesApp,
  { caller, path, sent }: WrongRequest<RuleAddress>,
): Promise<FieldErrors> {
  const project = await projectOf(app, caller, path);
  const { body, wrong } = readableParts(alertRuleChangesBody, sent);
  const parts = { body: watching(body, project), wrong };
  return faultsOfChange(app, { caller, ruleId: path.rule, projectId: project?.id, parts });
}

async function remove(app: AlertRulesApp, { caller, path }: Request<RuleAddress, unknown>): Promise<HttpAnswer> {
  await removeAlertRule(app, await ruleOf(app, caller, path));
  return { status: 204 };
}

/** Creates, changes and deletes alert rules. */
export const servedWrites = [
  serve(endpoints.createAlertRule, create, { notesUse: true, alsoWrong: alsoWrongWithNew }),
  serve(endpoints.createProjectAlertRule, create, { notesUse: true, alsoWrong: alsoWrongWithNew }),
  serve(endpoints.updateAlertRule, change, { notesUse: true, alsoWrong: alsoWrongWithChange }),
  serve(endpoints.updateProjectAlertRule, change, { notesUse: true, alsoWrong: alsoWrongWithChange }),
  serve(endpoints.deleteAlertRule, remove, { notesUse: true }),
  serve(endpoints.deleteProjectAlertRule, remove, { notesUse: true }),
];
