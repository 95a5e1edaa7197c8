import { type Standing, type TriggerState, untouchedTrigger } from './judge-update.ts';

/**
 * How a rule stands when somebody has resolved its incident by hand: windows that began before do not open another, until
 * the value has been fine once, and the limit of how often it may fire goes on.
 */
export function settleStanding(standing: Pick<Standing, 'triggers'>, settledAt: string) {
  const triggers: Record<string, TriggerState> = {};
  for (const [label, { lastIncidentAt }] of Object.entries(standing.triggers)) {
    triggers[label] = { ...untouchedTrigger, ...(lastIncidentAt !== undefined && { lastIncidentAt }) };
  }
  return { triggers, incident: null, settledAt };
}
