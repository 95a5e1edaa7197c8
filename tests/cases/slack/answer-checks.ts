import { AssertionError } from 'node:assert/strict';
import * as z from 'zod';
import { openSlackLink } from '../../../lib/slack/index.ts';
import { holds, same } from '../releases/compare.ts';
import { type Checks, check } from './checks.ts';
import type { Judged } from './happening.ts';
import { oneSays } from './meanings.ts';
import { blockTexts } from './message-texts.ts';

const text = z.string();
const texts = z.array(text);
const status = z.int();

/** What a door answered. */
export const answerChecks: Checks = {
  status: check(status, ({ answers }, expected) => same(answers.at(-1)?.status, expected)),
  statuses: check(z.array(status), ({ answers }, expected) =>
    same(
      answers.map((answer) => answer.status),
      expected,
    ),
  ),
  json: check(z.unknown(), (judged, expected) => holds(lastBody(judged), expected)),
  response_type: check(text, (judged, expected) => same(lastBody(judged)['response_type'], expected)),
  replace_original: check(z.boolean(), (judged, expected) => same(lastBody(judged)['replace_original'], expected)),
  text: check(text, (judged, expected) => oneSays([lastText(judged)], expected)),
  text_contains: check(z.union([text, texts]), (judged, expected) => {
    for (const one of [expected].flat()) oneSays([lastText(judged)], one);
  }),
  /** With `{url}` for a link, which has to work. */
  text_template: check(text, async (judged, expected) => {
    oneSays([lastText(judged)], expected);
    if (expected.includes('{url}')) await linkWorks(judged);
  }),
  blocks: check(z.int(), (judged, expected) => same(blockTexts(lastBody(judged)).length, expected)),
  blocks_contain: check(texts, (judged, expected) => {
    for (const one of expected) oneSays(blockTexts(lastBody(judged)), one);
  }),
  first_block_text: check(text, (judged, expected) => oneSays(blockTexts(lastBody(judged)).slice(0, 1), expected)),
  /** A button that they have, ours has too, under a name of its own. */
  button: check(z.record(text, text), (judged, expected) => {
    const buttons = buttonsIn(lastBody(judged));
    const isSame = ({ text: label, value, url }: Button): boolean =>
      label?.text !== undefined &&
      (expected['value'] === undefined || value === expected['value'].replace(/^sentry/, 'postflow')) &&
      (expected['url'] === undefined || url !== undefined);
    if (!buttons.some(isSame)) throw new AssertionError({ actual: buttons, expected, message: 'no such button' });
  }),
  body: check(text, ({ answers }, expected) => same(answers.at(-1)?.body, expected)),
  /** The counter ends in the same parts as theirs. */
  metric: check(text, ({ world }, expected) => {
    const counted = [...world.app.counted.keys()].filter((name) => name.startsWith('integrations.slack.'));
    if (!counted.some((name) => lastParts(name) === lastParts(expected))) {
      throw new AssertionError({ actual: counted, expected, message: 'not counted' });
    }
  }),
};

function lastBody({ answers }: Judged): Record<string, unknown> {
  const body = answers.at(-1)?.body ?? '';
  return body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
}

interface Button {
  readonly type: string;
  readonly text?: { readonly text?: string };
  readonly value?: string;
  readonly url?: string;
}

function buttonsIn({
  blocks = [],
}: {
  readonly blocks?: readonly { readonly elements?: readonly Button[] }[];
}): Button[] {
  return blocks.flatMap(({ elements = [] }) => elements.filter(({ type }) => type === 'button'));
}

function lastText(judged: Judged): string {
  const said = lastBody(judged)['text'];
  return typeof said === 'string' ? said : blockTexts(lastBody(judged)).join('\n');
}

async function linkWorks(judged: Judged): Promise<void> {
  const { app } = judged.world;
  const [, address = '', purpose = '', token = ''] =
    /<(https:[^|>]+?\/extensions\/slack\/([\w-]+)\/([\w.-]+)\/)\|/.exec(lastText(judged)) ?? [];
  same(address.startsWith(app.publicUrl), true);
  const link = await openSlackLink(app, purpose as 'link-identity', token);
  same(link.parameters.slackUserId, judged.given.slack_user);
}

/** `success` or `failure` and what follows; their names lack a dot there now and then. */
function lastParts(name: string): string {
  const [, outcome = '', rest = ''] = /\.(success|failure)\.?(.*)$/.exec(name) ?? [];
  return `${outcome}.${rest}`;
}
