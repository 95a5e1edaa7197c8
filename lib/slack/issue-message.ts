import type { Button } from '@slack/types';
import { openButton, type PressAction, pressButton } from './message-buttons.ts';
import { issueCardMessages as words } from './messages.ts';
import { context, dateToken, linkAddress, outside, section } from './outside-text.ts';
import type { SlackMessage } from './slack-message.ts';

/** What a card says of an issue. Nothing of it is escaped yet, but for the note. */
export interface IssueCard {
  readonly organization: string;
  readonly id: string;
  readonly shortId: string;
  /** The page of the issue. */
  readonly link: string;
  readonly title: string;
  readonly culprit: string | null;
  readonly level: string;
  readonly status: 'unresolved' | 'resolved' | 'ignored';
  readonly substatus: string | null;
  /** Whether somebody should still have a look at it. */
  readonly inInbox: boolean;
  readonly project: string;
  /** ISO times. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly firstRelease: string | null;
  readonly lastRelease: string | null;
  /** Name of whoever looks after it. */
  readonly assignee: string | null;
  /** What was done about it just now, and by whom, in mrkdwn. */
  readonly note?: string | undefined;
}

/** Characters after escaping; a test builds the longest card. */
const longest = { title: 200, culprit: 160, name: 64 } as const;

const levelColors: Readonly<Record<string, string>> = {
  fatal: '#D20F2A',
  error: '#E1567C',
  warning: '#FFC227',
  info: '#2788CE',
  debug: '#9586A5',
};
const settledColors = { resolved: '#4DC771', ignored: '#9586A5' } as const;

/** The card of an issue as a box: what a link to it unfurls to. */
export function issueCard(card: IssueCard): SlackMessage['box'] {
  const box = boxOf(card);
  return { ...box, blocks: [section(headingOf(card)), ...box.blocks] };
}

/** A message of its own about an issue: its name as a line, and the card below. */
export function issueMessage(card: IssueCard): SlackMessage {
  return { text: headingOf(card), box: boxOf(card) };
}

function boxOf(card: IssueCard): SlackMessage['box'] {
  const culprit = card.culprit === null ? '' : outside(card.culprit, longest.culprit);
  return {
    color: card.status === 'unresolved' ? (levelColors[card.level] ?? '#E1567C') : settledColors[card.status],
    fallback: words.fallback(outside(card.shortId, longest.name), outside(card.title, longest.title), stateOf(card)),
    blocks: [
      ...(culprit === '' ? [] : [section(culprit)]),
      { type: 'section', fields: fieldsOf(card).map((text) => ({ type: 'mrkdwn', text })) },
      ...(card.note === undefined ? [] : [context(card.note)]),
      { type: 'actions', elements: buttonsOf(card) },
    ],
  };
}

function headingOf({ link, shortId, title }: IssueCard): string {
  return words.heading(linkAddress(link), outside(shortId, longest.name), outside(title, longest.title));
}

function fieldsOf(card: IssueCard): string[] {
  const { firstSeen, lastSeen, firstRelease, lastRelease, assignee } = card;
  const name = (text: string): string => outside(text, longest.name);
  return [
    words.field('state', stateOf(card)),
    words.field('assignee', assignee === null ? words.nobody : name(assignee)),
    words.field('project', name(card.project)),
    words.field('level', name(card.level)),
    words.field('firstSeen', seen(firstSeen, firstRelease && name(firstRelease))),
    words.field('lastSeen', seen(lastSeen, lastRelease && name(lastRelease))),
  ];
}

function stateOf({ status, substatus }: IssueCard): string {
  if (status === 'resolved') return words.states.resolved;
  if (status === 'ignored') return words.states.archived;
  if (substatus === 'new' || substatus === 'regressed') return words.states[substatus];
  return words.states.ongoing;
}

function buttonsOf(card: IssueCard): Button[] {
  const { status, inInbox, link } = card;
  const wanted: readonly PressAction[] =
    status === 'unresolved'
      ? ['issue.resolve', 'issue.archive', ...(inInbox ? (['issue.review'] as const) : [])]
      : ['issue.reopen'];
  return [...wanted.map((action) => pressButton(action, card)), openButton('issue', link)];
}

function seen(isoTime: string, release: string | null): string {
  const time = dateToken(isoTime);
  return release === null ? time : words.inRelease(time, release);
}
