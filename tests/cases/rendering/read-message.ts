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

/**
 * Why a message says something otherwise than expected, on purpose. @throws AssertionError when it does not carry what is
 * expected of it
 */
export function judgeMessage(carried: CarriedFacts, expected: ExpectedMessage, base: string): string | undefined {
  const { fallback_contains: parts = [], title_link: link, ...plain } = expected;
  const found: Record<keyof typeof plain, string | number | null | undefined> = {
    status_text: carried.statusText,
    title: carried.title,
    color: carried.color,
    started_at: carried.startedAt,
    notes: carried.notes,
    chart: carried.chart,
  };
  const reasons = Object.entries(plain).flatMap(([key, value]) => {
    const ours = found[key as keyof typeof plain];
    const reason = typeof ours === 'string' && typeof value === 'string' ? whyOtherwise(ours, value) : undefined;
    if (reason === undefined) same(ours, value);
    return reason ?? [];
  });
  if (link !== undefined) same(carried.titleLink, link.replace('{base}', base));
  for (const part of parts) same(carried.fallback.includes(part), true);
  return reasons[0];
}

const lookAlikes: Readonly<Record<string, string>> = { '∗': '*', ˍ: '_', '∼': '~', ˋ: '`' };
/** No text of ours is cut that is shorter. */
const shortestCut = 500;

/** Why a text of ours is another one, on purpose; undefined when it is the same, or when nobody means it. */
function whyOtherwise(ours: string, theirs: string): string | undefined {
  if (ours === theirs) return undefined;
  const onOneLine = theirs.replace(/\s+/g, ' ').trim();
  if (ours.replace(/[∗ˍ∼ˋ]/g, (sign) => lookAlikes[sign] ?? sign) === onOneLine) {
    return 'a name stays on its line, and what would end the bold in it is shown by what looks like it';
  }
  const isCut = ours.length >= shortestCut && ours.endsWith('…') && theirs.startsWith(ours.slice(0, -1).trimEnd());
  return isCut ? 'longer text is cut at a word with an ellipsis' : undefined;
}

function sectionText(block: KnownBlock): string {
  return block.type === 'section' ? (block.text?.text ?? '') : '';
}

/** Lines that state something of their own: neither the title, nor a time, nor how long it lasted. */
function statements(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !/^(?:<|Lasted )/u.test(line));
}
