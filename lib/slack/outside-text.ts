import type { ContextBlock, SectionBlock } from '@slack/types';
import { escapeMrkdwn, escapeWithin } from './escape-mrkdwn.ts';

/**
 * Text from outside on one line, escaped, with at most `longest` characters: it can neither mention anybody nor end the link or
 * the bold that it stands in.
 */
export function outside(text: string, longest: number): string {
  return escapeWithin(text.replace(/\s+/gu, ' ').trim(), longest);
}

/** An address inside a link: what would end it is written in the other way that addresses know. */
export function linkAddress(link: string): string {
  return escapeMrkdwn(link.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E').replace(/\s/gu, '%20'));
}

/**
 * A moment in the reader's own time zone. `form` says it in Slack's words, `{date_short_pretty} at {time}`; clients that
 * do not know the reader's time show the other text. https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function dateToken(isoTime: string, form = '{date_short_pretty} at {time}', before = ''): string {
  return `<!date^${Math.floor(Date.parse(isoTime) / 1_000)}^${before}${form}|${before}${readableTime(isoTime)}>`;
}

/** A section of mrkdwn. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** A small line of mrkdwn. */
export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

function readableTime(isoTime: string): string {
  return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 16)} UTC`;
}
