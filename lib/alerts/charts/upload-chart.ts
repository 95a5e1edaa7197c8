import type { Slack } from '../../slack/index.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import type { ShownChart } from '../incident-message.ts';
import { messages } from '../messages.ts';
import { altTextCharacters, describeChart } from './describe-chart.ts';
import type { ChartRange } from './incident-chart-range.ts';
import { readRuleChart } from './read-rule-chart.ts';
import type { ChartApp } from './send-rule-chart.ts';

/** Some time of a rule, and where its picture is wanted. */
export interface ChartToUpload {
  readonly rule: AlertRule;
  readonly range: ChartRange;
  readonly slack: Slack;
  readonly teamId: string;
  /** What the file is called. */
  readonly name: string;
  /** The picture of an earlier attempt. */
  readonly fileId: string | undefined;
}

/**
 * A picture at Slack for blocks to show, where nobody sees it yet; or why there is none.
 * @throws SlackRefusedError, SlackBusyError, SlackUncertainError
 */
export async function uploadChart(
  app: ChartApp,
  { rule, range, slack, teamId, name, fileId }: ChartToUpload,
): Promise<ShownChart | { readonly missing: unknown }> {
  const input = await readRuleChart(app, { rule, ...range });
  if (input === undefined) return { missing: messages.chartTooMuch('') };
  const altText = describeChart(input).slice(0, altTextCharacters);
  if (fileId !== undefined) return { fileId, altText };
  let bytes: Uint8Array;
  try {
    bytes = await app.draw(input);
  } catch (error) {
    return { missing: error };
  }
  const uploaded = await slack.uploadFile(teamId, { name, altText, bytes });
  await slack.keepFile(teamId, { fileId: uploaded, title: rule.name });
  return { fileId: uploaded, altText };
}
