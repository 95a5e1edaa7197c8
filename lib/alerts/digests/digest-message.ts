import type { KnownBlock } from '@slack/types';
import { context, dateToken, escapeWithin, linkAddress, type SlackMessage, section } from '../../slack/index.ts';
import { inBold } from '../in-bold.ts';
import type { ShownChart } from '../incident-message.ts';
import { statusLooks, type ToldStatus } from '../incident-status.ts';
import { digestMessages as messages } from './messages.ts';

/** What a digest says of one rule. Nothing of it is escaped yet. */
export interface DigestSection {
  readonly ruleName: string;
  readonly projectName: string;
  readonly link: string;
  readonly status: ToldStatus;
  /** ISO time; of a rule that has an incident. */
  readonly startedAt?: string | undefined;
  /** ISO time; of a rule whose looks cannot read the metric, so that it finds no incidents. */
  readonly blindSince?: string | undefined;
  /** What the metric was at the end of the period; absent when it could not be read. */
  readonly now?: string | undefined;
  /** What it was over the period: its total, and its lowest and highest value. */
  readonly whole: string;
  readonly incidents: { readonly count: number; readonly open: number };
  readonly chart?: ShownChart | undefined;
}

/** What a digest says. Nothing of it is escaped yet. */
export interface DigestMessageInput {
  readonly name: string;
  readonly period: string;
  /** ISO times. */
  readonly from: string;
  readonly until: string;
  /** When it was due, if it comes late. */
  readonly lateSince?: string | undefined;
  readonly next?: string | undefined;
  readonly rulesGone: number;
  readonly chartsMissing?: boolean | undefined;
  readonly sections: readonly DigestSection[];
}

/** Characters after escaping. With ten rules at their longest a message is just short enough: a test builds it. */
const longest = { name: 200, project: 40, fallback: 300 } as const;

/** Rules share the room that a message has; few of them may say more each. */
function roomOf(rules: number): { readonly name: number; readonly sentence: number; readonly alt: number } {
  const share = (together: number, most: number) => Math.min(most, Math.floor(together / Math.max(1, rules)));
  return { name: share(900, 300), sentence: share(1_300, 400), alt: share(1_500, 1_000) };
}

/**
 * The message of a digest, of the same family as those of incidents: a title, and in a box of the colour of what is worst now, for
 * each rule how it stands, what it was and its picture; and below of which time all this is.
 */
export function digestMessage(input: DigestMessageInput): SlackMessage {
  const { sections } = input;
  const title = messages.title(inBold(oneLine(input.name, longest.name)), input.period);
  const worst = (['critical', 'warning'] as const).find((status) => sections.some((one) => urgencyOf(one) === status));
  const spoken = sections.map((one) => `${one.ruleName}: ${one.now ?? one.whole}`).join('. ');
  const room = roomOf(sections.length);
  return {
    text: title,
    box: {
      color: statusLooks[worst ?? 'closed'].color,
      fallback: oneLine(spoken, longest.fallback),
      blocks: [
        ...(input.lateSince === undefined ? [] : [context(messages.late(moment(input.lateSince)))]),
        ...sections.flatMap((one) => [section(ruleText(one, room)), ...picture(one, room.alt)]),
        context(surroundings(input).join(' · ')),
      ],
    },
  };
}

/** What finds nothing because it cannot look is no good news. */
function urgencyOf({ status, blindSince }: DigestSection): ToldStatus {
  return status === 'closed' && blindSince !== undefined ? 'warning' : status;
}

/** How a rule stands, unless all is well. */
function standingOf({ status, startedAt, blindSince }: DigestSection): string[] {
  const since = (isoTime: string): string => dateToken(isoTime, undefined, messages.since);
  if (status !== 'closed' && startedAt !== undefined) {
    return [messages.status(statusLooks[status].label, since(startedAt))];
  }
  return blindSince === undefined ? [] : [messages.status(messages.blind, since(blindSince))];
}

function ruleText(rule: DigestSection, room: ReturnType<typeof roomOf>): string {
  const { ruleName, projectName, link, now, whole, incidents } = rule;
  const name = `<${linkAddress(link)}|*${inBold(oneLine(ruleName, room.name))}*>`;
  const count = incidents.count === 0 ? messages.noIncidents : messages.incidentCount(incidents.count);
  const lines = [
    messages.rule(name, inBold(oneLine(projectName, longest.project))),
    [...standingOf(rule), ...(now === undefined ? [] : [messages.now(oneLine(now, room.sentence))])].join(' '),
    `${oneLine(whole, room.sentence)} ${messages.incidents(count, incidents.open)}.`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function picture({ chart }: DigestSection, altRoom: number): KnownBlock[] {
  if (chart === undefined) return [];
  return [{ type: 'image', slack_file: { id: chart.fileId }, alt_text: chart.altText.slice(0, altRoom) }];
}

function surroundings({ from, until, next, rulesGone, chartsMissing }: DigestMessageInput): string[] {
  return [
    messages.span(moment(from), moment(until)),
    ...(next === undefined ? [] : [messages.next(moment(next))]),
    ...(rulesGone > 0 ? [messages.rulesGone(rulesGone)] : []),
    ...(chartsMissing ? [messages.chartsMissing] : []),
  ];
}

function moment(isoTime: string): string {
  return dateToken(isoTime);
}

/** A line break would end the link or the bold that it stands in. */
function oneLine(text: string, most: number): string {
  return escapeWithin(text.replace(/\s+/gu, ' ').trim(), most);
}
