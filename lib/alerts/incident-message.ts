import type { Button, KnownBlock } from '@slack/types';
import { cutText, escapeMrkdwn, openButton, pressButton, type SlackMessage } from '../slack/index.ts';
import { inBold } from './in-bold.ts';
import type { IncidentDeed } from './incident-deed.ts';
import { statusLooks, type ToldStatus } from './incident-status.ts';
import { messages } from './messages.ts';

/** What a message about an incident says. Nothing of it is escaped yet. */
export interface IncidentMessageInput {
  readonly status: ToldStatus;
  readonly ruleName: string;
  readonly projectName: string;
  readonly statusText: string;
  /** ISO time; absent when nothing has happened. */
  readonly startedAt?: string | undefined;
  readonly link: string;
  readonly organization: string;
  readonly incident: number;
  /** What people have done about it. */
  readonly deeds?: readonly ShownDeed[];
}

/** What a person did about an incident, as it is shown. */
export interface ShownDeed extends Pick<IncidentDeed, 'kind' | 'at'> {
  readonly name: string;
  /** The person's id in the workspace that the message is for. */
  readonly mention?: string | undefined;
}

/** Escaping makes a text up to five times as long (`&amp;`), and both appear more than once: a test builds the longest message. */
const longestName = 256;
const longestStatus = 400;
const longestPerson = 80;

/**
 * The message of an incident: a title that links to it, and in a box of the status's colour what the number is, since
 * when, of which rule and project, who did something about it, and what can be done while it lasts.
 */
export function incidentMessage(input: IncidentMessageInput): SlackMessage {
  const { label, color } = statusLooks[input.status];
  const rule = harmless(input.ruleName, longestName);
  const project = harmless(input.projectName, longestName);
  const status = harmless(input.statusText, longestStatus);

  const started = input.startedAt === undefined ? '' : `\n${startedLine(input.startedAt)}`;
  return {
    text: `<${input.link}|*${messages.title(label, inBold(rule))}*>`,
    box: {
      color,
      fallback: messages.fallback(messages.title(label, rule), status),
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `${status}${started}` } },
        {
          type: 'context',
          elements: [{ type: 'mrkdwn', text: messages.context(inBold(rule), inBold(project)) }],
        },
        ...deedLines(input),
        { type: 'actions', elements: buttonsOf(input) },
      ],
    },
  };
}

function deedLines({ deeds = [] }: IncidentMessageInput): KnownBlock[] {
  if (deeds.length === 0) return [];
  const lines = deeds.map(({ kind, at, name, mention }) => {
    const who = mention === undefined ? harmless(name, longestPerson) : messages.mention(mention);
    return messages.deeds[kind](who, messages.at(Math.floor(Date.parse(at) / 1_000), readableTime(at)));
  });
  return [{ type: 'context', elements: [{ type: 'mrkdwn', text: lines.join('\n') }] }];
}

/** What can still be done about the incident. */
function buttonsOf({ status, deeds = [], organization, incident, link }: IncidentMessageInput): Button[] {
  const subject = { organization, id: String(incident) };
  const open = openButton('incident', link);
  if (status === 'closed') return [open];
  const isAcknowledged = deeds.some(({ kind }) => kind === 'acknowledged');
  return [
    ...(isAcknowledged ? [] : [pressButton('incident.acknowledge', subject)]),
    pressButton('incident.resolve', subject),
    pressButton('incident.chart', subject),
    open,
  ];
}

/** Text from outside on one line: a line break would end the link that the title is. */
function harmless(text: string, longest: number): string {
  return escapeMrkdwn(cutText(text.replace(/\s+/gu, ' ').trim(), longest));
}

function startedLine(startedAt: string): string {
  return messages.started(Math.floor(Date.parse(startedAt) / 1_000), readableTime(startedAt));
}

/** For clients that do not know the reader's own time. */
function readableTime(isoTime: string): string {
  return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 16)} UTC`;
}
