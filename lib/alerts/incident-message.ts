import { cutText, escapeMrkdwn, type SlackMessage } from '../slack/index.ts';
import { inBold } from './in-bold.ts';
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
}

/** Escaping makes a text up to five times as long (`&amp;`), and both appear more than once: a test builds the longest message. */
const longestName = 256;
const longestStatus = 400;

/**
 * The message of an incident: a title that links to it, and in a box of the status's colour what the number is, since
 * when, and of which rule and project.
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
      ],
    },
  };
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
