import { InvalidFieldsError } from '../../platform/errors.ts';
import { isChannel } from '../alert-rule-store.ts';
import { type ActionsApp, resolveActions } from '../rules/resolve-actions.ts';
import type { RuleCaller } from '../rules/resolve-rule.ts';
import type { DigestBody } from './digest-body.ts';
import { readPeriod } from './digest-period.ts';
import { cronFaults, isTimeZone } from './digest-schedule.ts';
import type { Digest } from './digest-store.ts';
import { digestFaults as messages } from './messages.ts';
import { findRulesInReach, type RuleOfDigest } from './reached-digest.ts';

/** What a body comes to when all is well with it. */
export interface ResolvedDigest {
  readonly terms: Pick<Digest, 'name' | 'ruleIds' | 'cron' | 'timeZone' | 'periodSeconds' | 'channel' | 'enabled'>;
  readonly rules: readonly RuleOfDigest[];
}

/**
 * Checks a whole digest: its schedule, its rules and its channel. All that is wrong is said at once. Of rules that it had `before`
 * some may be gone; no others.
 * @throws InvalidFieldsError, UnauthenticatedError for who has left the organization
 */
export async function resolveDigest(
  app: ActionsApp,
  { caller, body, before }: { readonly caller: RuleCaller; readonly body: DigestBody; readonly before?: Digest },
): Promise<ResolvedDigest> {
  const timeZone = body.timeZone?.trim() || 'UTC';
  const isZone = isTimeZone(timeZone);
  const cron = body.schedule.split(/\s+/u).join(' ');
  const periodSeconds = readPeriod(body.period);
  const [found, channel] = await Promise.all([
    findRulesInReach(app, caller, body.rules),
    findChannel(app, caller.organization, body),
  ]);
  const rules = found.filter(({ isReached }) => isReached);
  const unknown = body.rules.filter((id) => !rules.some(({ rule }) => rule.id === id) && !before?.ruleIds.includes(id));
  const faults = {
    schedule: cronFaults({ cron, timeZone: isZone ? timeZone : 'UTC' }),
    timeZone: isZone ? [] : [messages.timeZone(timeZone)],
    period: periodSeconds === undefined ? [messages.period] : [],
    rules: unknown.length > 0 ? unknown.map(messages.ruleUnknown) : rules.length === 0 ? [messages.rules] : [],
    inputChannelId: 'faults' in channel ? channel.faults : [],
  };
  const wrong = Object.entries(faults).filter(([, texts]) => texts.length > 0);
  if (wrong.length > 0 || periodSeconds === undefined || 'faults' in channel) {
    throw new InvalidFieldsError(Object.fromEntries(wrong));
  }
  const ruleIds = rules.map(({ rule }) => rule.id);
  const enabled = body.enabled ?? true;
  return { terms: { name: body.name, ruleIds, cron, timeZone, periodSeconds, channel, enabled }, rules };
}

/** The channel as rules name it, so that the same is wrong with it here and there. */
async function findChannel(
  app: ActionsApp,
  organization: string,
  { inputChannelId, channelName, integrationId }: DigestBody,
): Promise<Digest['channel'] | { readonly faults: readonly string[] }> {
  const action = { type: 'slack', inputChannelId, integrationId, targetIdentifier: channelName } as const;
  const trigger = { label: 'critical', alertThreshold: 0, actions: [action] };
  const { actions, faults } = await resolveActions(app, [trigger], { organization, teams: [] });
  const found = actions.flat().find(isChannel);
  if (found === undefined) return { faults };
  const { teamId, channelId, channelName: name } = found;
  return { teamId, channelId, channelName: name };
}
