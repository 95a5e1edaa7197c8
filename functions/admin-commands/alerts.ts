import { alertRuleInput, createAlertRule, listAlertRules } from '../../lib/alerts/index.ts';
import { type Commands, command, inOrganization } from './command.ts';

/** Rules that watch metrics. */
export const alertCommands: Commands = {
  'alert-rule.create': command(alertRuleInput, createAlertRule),
  'alert-rule.list': command(inOrganization, listAlertRules),
};
