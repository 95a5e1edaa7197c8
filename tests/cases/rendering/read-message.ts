import type { KnownBlock } from '@slack/types';
import type { MessageBox } from '../../../lib/slack/index.ts';
import { same } from '../releases/compare.ts';
import type { ExpectedMessage } from './forms.ts';

/** What a message of ours carries, in the words of the cases. */
export interface CarriedFacts {
  readonly title: string | undefined;
  readonly titleLink: string | undefined;
  /** The sentence that says what the number is; empty where none does. */
  readonly statusText: string;
  /** Seconds. */
  readonly startedAt: number | null;
  readonly notes: string | null;
  readonly chart: string | null;
  readonly color: string;
  readonly fallback: string;
}

/** Finds the facts in a message; `text` is the line above the box, if there is one. */
export function factsOf({ text = '', box }: { readonly text?: string; readonly box: MessageBox }): CarriedFacts {
  const lines = [text, ...box.blocks.map(sectionText)].flatMap((part) => part.split('\n'));
  const [, titleLink, title] =
    /^<([^|>]+)\|\*(.*)\*>$/u.exec(lines.find((line) => line.startsWith('<http')) ?? '') ?? [];
  const started = /<!date\^(\d+)\^Started/u.exec(lines.join('\n'))?.[1];
  const image = box.blocks.find((block) => block.type === 'image');
  const isNoted = (block: KnownBlock) => sectionText(block).startsWith('*Notes:* ');
  const [first = ''] = box.blocks.filter((block) => !isNoted(block)).flatMap((block) => statements(sectionText(block)));
  return {
    title,
    titleLink,
    statusText: first,
    startedAt: started === undefined ? null : Number(started),
    notes: box.blocks.filter(isNoted).map((block) => sectionText(block).slice('*Notes:* '.length))[0] ?? null,
    chart: image !== undefined && 'slack_file' in image ? String((image.slack_file as { id?: string }).id) : null,
    color: box.color,
    fallback: box.fallback,
  };
}

/** @throws AssertionError when a message does not carry what is expected of it */
export function judgeMessage(carried: CarriedFacts, expected: ExpectedMessage, base: string): void {
  const { fallback_contains: parts = [], title_link: link, ...plain } = expected;
  const found: Record<keyof typeof plain, unknown> = {
    status_text: carried.statusText,
    title: carried.title,
    color: carried.color,
    started_at: carried.startedAt,
    notes: carried.notes,
    chart: carried.chart,
  };
  for (const [key, value] of Object.entries(plain)) same(found[key as keyof typeof plain], value);
  if (link !== undefined) same(carried.titleLink, link.replace('{base}', base));
  for (const part of parts) same(carried.fallback.includes(part), true);
}

function sectionText(block: KnownBlock): string {
  return block.type === 'section' ? (block.text?.text ?? '') : '';
}

/** Lines that state something of their own: neither the title, nor a time, nor how long it lasted. */
function statements(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !/^(?:<|Lasted )/u.test(line));
}
