import { AssertionError } from 'node:assert/strict';
import * as z from 'zod';
import { directMessages } from '../../../infra/local/slack/workspace.ts';
import { same } from '../releases/compare.ts';
import { type Checks, check } from './checks.ts';
import { oneSays } from './meanings.ts';
import { allTexts, blockTexts } from './message-texts.ts';
import type { SlackCall } from './recording-slack.ts';

const text = z.string();

/** What Slack was told in one call. */
const call = z.strictObject({
  /** `response_url`: where Slack takes more to say about a command. */
  to: text.optional(),
  method: text.optional(),
  channel: text.optional(),
  text: text.optional(),
  text_contains: text.optional(),
  replace_original: z.boolean().optional(),
  response_type: text.optional(),
  /** What the first blocks say. */
  block_texts_start: z.array(text).optional(),
  unfurl_count: z.int().optional(),
});

type ExpectedCall = { readonly [K in keyof z.output<typeof call>]: z.output<typeof call>[K] | undefined };

/** What Slack was told, in this order and nothing else. */
export const callChecks: Checks = {
  slack_calls: check(z.array(call), ({ world }, expected) => {
    const told = world.slack.calls.filter(({ method }) => method === 'response_url' || method.startsWith('chat.'));
    if (told.length !== expected.length) {
      throw new AssertionError({ actual: told, expected, message: 'other calls of Slack' });
    }
    for (const [index, one] of told.entries()) {
      const wanted = expected[index] ?? {};
      compare(one, isToPerson(world.slack.calls, one, wanted.channel) ? { ...wanted, channel: undefined } : wanted);
    }
  }),
};

/** Theirs post to a person by name; ours open the conversation with them first, as Slack recommends. */
function isToPerson(calls: readonly SlackCall[], { arguments: told }: SlackCall, person: string | undefined): boolean {
  if (person === undefined || told['channel'] !== directMessages(person).id) return false;
  return calls.some((one) => one.method === 'conversations.open' && one.arguments['users'] === person);
}

function compare(actual: SlackCall, expected: ExpectedCall): void {
  const { arguments: told } = actual;
  const wanted = expected.to ?? expected.method;
  if (wanted !== undefined) same(actual.method, wanted);
  for (const key of ['channel', 'replace_original', 'response_type'] as const) {
    if (expected[key] !== undefined) same(told[key], expected[key]);
  }
  for (const said of [expected.text, expected.text_contains]) {
    if (said !== undefined) oneSays(allTexts(told), said);
  }
  for (const [index, said] of (expected.block_texts_start ?? []).entries()) {
    oneSays(blockTexts(told).slice(index, index + 1), said);
  }
  if (expected.unfurl_count !== undefined) {
    same(Object.keys((told['unfurls'] ?? {}) as object).length, expected.unfurl_count);
  }
}
