import type { AlertAction, AlertRule } from '../alert-rule-store.ts';
import { defaultNoData } from '../measure.ts';
import { asEntered } from './alert-rule-json.ts';
import type { ActionBody, AlertRuleBody, AlertRuleChanges } from './rule-body.ts';
import { usualGraceSeconds } from './rule-pace.ts';

/** The body that asks for a rule as it is, but for what is to be another; its project is the one with this slug. */
export function changedBody(rule: AlertRule, slug: string, changes: AlertRuleChanges): AlertRuleBody {
  const { revision: _, ...wanted } = changes;
  const left = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return { ...bodyOfRule(rule, slug), ...left };
}

/** What was usual for the rule is left out, so that it is what is usual for the rule as it is to be. */
function bodyOfRule(rule: AlertRule, slug: string): AlertRuleBody {
  const {
    name,
    aggregate,
    query,
    environment,
    thresholdPeriod,
    description,
    threads,
    broadcast,
    owner,
    minimumSessions,
  } = rule;
  const isUsualNoData = rule.noData === defaultNoData(aggregate);
  const isUsualGrace = rule.graceSeconds === usualGraceSeconds(rule);
  return {
    ...{ name, aggregate, query, environment, thresholdPeriod, description, threads, broadcast, minimumSessions },
    projects: [slug],
    timeWindow: rule.windowSeconds / 60,
    thresholdType: rule.thresholdType === 'above' ? 0 : 1,
    resolveThreshold: rule.resolveThreshold === null ? null : asEntered(rule, rule.resolveThreshold),
    comparisonDelta: rule.comparisonSeconds === null ? null : rule.comparisonSeconds / 60,
    triggers: rule.triggers.map(({ label, threshold, actions }) => ({
      ...{ label, alertThreshold: asEntered(rule, threshold) },
      actions: actions.map(bodyOfAction),
    })),
    owner: textOfOwner(owner),
    ...(!isUsualNoData && { noData: rule.noData }),
    ...(!isUsualGrace && { gracePeriod: rule.graceSeconds }),
  };
}

/** An owner as a body names it: `user:<ID>` or `team:<slug>`. */
export function textOfOwner(owner: AlertRule['owner']): string | null {
  return owner === null ? null : `${owner.type}:${owner.id}`;
}

function bodyOfAction(action: AlertAction): ActionBody {
  switch (action.type) {
    case 'slack': {
      const { type, teamId, channelId, channelName } = action;
      return { type, targetIdentifier: channelName, inputChannelId: channelId, integrationId: teamId };
    }
    case 'user':
      return { type: action.type, targetIdentifier: action.userId };
    case 'team':
      return { type: action.type, targetIdentifier: action.team };
    case 'webhook':
      return { type: action.type, targetIdentifier: action.url };
  }
}
