import { endSnooze, type SnoozeTarget, snoozeAlertRule, snoozeTargets } from '../../lib/alerts/index.ts';
import { type Caller, requirePerson, requireScope } from '../../lib/organizations/index.ts';
import * as endpoints from '../api-endpoints/alert-rules.ts';
import { serve } from '../middleware/api-door.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { type AlertRulesApp, type RulesAddress, ruleOf, scopesToChange } from './rule-request.ts';

interface Request {
  readonly caller: Caller;
  readonly path: RulesAddress & { readonly rule: string };
}

/** Who changes rules may have nobody told; who reads them, not be told themselves. @throws ForbiddenError */
function requireLeave({ caller, path }: Request, target: SnoozeTarget): void {
  if (target === 'me') return;
  requireScope(caller, path.org, scopesToChange(path));
}

async function snooze(
  app: AlertRulesApp,
  input: Request & { readonly body: { readonly target: SnoozeTarget; readonly until?: string | null | undefined } },
): Promise<HttpAnswer> {
  const { target, until } = input.body;
  requireLeave(input, target);
  const wish = { userId: requirePerson(input.caller), rule: await ruleOf(app, input.caller, input.path) };
  return { status: 201, body: await snoozeAlertRule(app, { ...wish, target, until }) };
}

async function unsnooze(
  app: AlertRulesApp,
  input: Request & { readonly query: { readonly target?: SnoozeTarget | undefined } },
): Promise<HttpAnswer> {
  const targets = input.query.target === undefined ? snoozeTargets : [input.query.target];
  for (const target of targets) requireLeave(input, target);
  const wish = { userId: requirePerson(input.caller), rule: await ruleOf(app, input.caller, input.path) };
  for (const target of targets) await endSnooze(app, { ...wish, target });
  return { status: 204 };
}

/** Has people told nothing of a rule for a while. */
export const servedSnoozes = [
  serve(endpoints.snoozeAlertRule, snooze, { notesUse: true }),
  serve(endpoints.snoozeProjectAlertRule, snooze, { notesUse: true }),
  serve(endpoints.unsnoozeAlertRule, unsnooze, { notesUse: true }),
  serve(endpoints.unsnoozeProjectAlertRule, unsnooze, { notesUse: true }),
];
