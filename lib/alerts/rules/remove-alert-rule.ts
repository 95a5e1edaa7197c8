import { NotFoundError } from '../../platform/errors.ts';
import { orRefuse } from '../../platform/or-refuse.ts';
import { isThere } from '../../platform/table.ts';
import { type AlertRule, deleteRule } from '../alert-rule-store.ts';
import { type EndingApp, endIncidentForRule } from '../end-incident-for-rule.ts';
import { messages } from '../messages.ts';
import { forgetOutage } from '../outages/forget-outage.ts';
import { forgetPersonalSnoozes } from './rule-snooze-store.ts';

/**
 * Deletes a rule. Its open incident is over with that, and who was told of it hears so; what it found stays to be read. That it
 * cannot be read is not told any more.
 * @throws NotFoundError when somebody else was faster
 */
export async function removeAlertRule(app: EndingApp, rule: AlertRule): Promise<void> {
  await orRefuse(
    endIncidentForRule(app, { rule, writes: [{ ...deleteRule(rule.id), onlyIf: isThere }] }),
    (why) => new NotFoundError(messages.ruleUnknown, why),
  );
  await forgetPersonalSnoozes(app, rule.id);
  await forgetOutage(app, { ruleId: rule.id, projectId: rule.projectId });
}
