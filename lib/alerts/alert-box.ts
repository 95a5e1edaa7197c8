import { type MessageBox, type SlackMessage, section } from '../slack/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { incidentLink } from './incident-link.ts';
import { incidentMessage, type ShownChart } from './incident-message.ts';
import type { ToldStatus } from './incident-status.ts';
import type { Incident } from './incident-store.ts';
import { messages } from './messages.ts';
import { statusText, valueText } from './status-text.ts';

/** The parts of a rule that are shown of it below a link. */
export type ShownRule = Pick<
  AlertRule,
  'id' | 'name' | 'organization' | 'aggregate' | 'windowSeconds' | 'comparisonSeconds' | 'environment'
>;

/** How a rule stands. */
export interface RuleStanding {
  readonly status: ToldStatus;
  /** The value that is told while something is wrong; undefined when it is not known. */
  readonly value?: number | null | undefined;
  /** The value at this moment, which is told when nothing is wrong. */
  readonly now?: number | null | undefined;
  /** The number of the incident that the link names. */
  readonly incident?: number | undefined;
  readonly startedAt?: string | undefined;
  readonly closedAt?: string | null | undefined;
  readonly worst?: number | null | undefined;
  readonly chart?: ShownChart | undefined;
}

/** The status of a rule by its incidents: that of the one that is meant, else of the newest. */
export function statusByIncidents(
  meant: Pick<Incident, 'status'> | undefined,
  newest: Pick<Incident, 'status'> | undefined,
): ToldStatus {
  const status = (meant ?? newest)?.status ?? 'closed';
  // Open and nothing else is only ever seen on the way to another status.
  return status === 'open' ? 'warning' : status;
}

/**
 * How a rule stands, in the words of its messages, as a box below a link to it. It carries no buttons: what is shown below
 * somebody else's message is not ours to update.
 */
export function alertBox(
  { publicUrl, projectName }: { readonly publicUrl: string; readonly projectName: string },
  rule: ShownRule,
  standing: RuleStanding,
): MessageBox {
  const { status, incident, startedAt, closedAt, worst, chart } = standing;
  const { id: ruleId, name: ruleName, organization, environment } = rule;
  const message = incidentMessage({
    ...{ status, ruleName, projectName, startedAt, closedAt, chart, environment, organization },
    statusText: sentenceOf(rule, standing),
    worst: worst == null ? undefined : valueText(rule, worst),
    // Only buttons name it, and they are taken out below.
    incident: incident ?? 0,
    link: incidentLink({ publicUrl, organization, ruleId, incident }),
  });
  return boxBelowLink(message);
}

/** A message of ours as a box below a link to what it is about. */
export function boxBelowLink({ text, box }: SlackMessage): MessageBox {
  return { ...box, blocks: [section(text), ...box.blocks.filter(({ type }) => type !== 'actions')] };
}

function sentenceOf(rule: ShownRule, { status, value, now }: RuleStanding): string | undefined {
  if (status === 'closed') return now === undefined ? undefined : messages.now(statusText(rule, now));
  return value === undefined ? undefined : statusText(rule, value);
}
