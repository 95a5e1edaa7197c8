import type { Button, KnownBlock } from '@slack/types';
import {
  context,
  dateToken,
  escapeWithin,
  openButton,
  outside,
  pressButton,
  type SlackMessage,
  section,
} from '../slack/index.ts';
import { describeLength } from './describe-duration.ts';
import { inBold } from './in-bold.ts';
import type { IncidentDeed } from './incident-deed.ts';
import { type IncidentEnding, statusLooks, type ToldStatus } from './incident-status.ts';
import { messages } from './messages.ts';
import type { ReleasesAround } from './releases-around.ts';

/** What a message about an incident says. Nothing of it is escaped yet. */
export interface IncidentMessageInput {
  readonly status: ToldStatus;
  readonly ruleName: string;
  readonly projectName: string;
  /** Absent where no number is told. */
  readonly statusText?: string | undefined;
  /** ISO time; absent when nothing has happened. */
  readonly startedAt?: string | undefined;
  /** ISO time, of an incident that is over. */
  readonly closedAt?: string | null | undefined;
  /** The value furthest beyond the thresholds, with its unit. */
  readonly worst?: string | undefined;
  /** Why it is over, when it is not by the metric. */
  readonly ending?: IncidentEnding | undefined;
  /** What to know and do; several lines. */
  readonly description?: string | undefined;
  readonly chart?: ShownChart | undefined;
  readonly environment?: string | null | undefined;
  readonly owner?: string | undefined;
  readonly releases?: ReleasesAround | undefined;
  /** ISO time; since when it could have been told, of a message that comes late. */
  readonly lateSince?: string | undefined;
  readonly link: string;
  readonly organization: string;
  readonly incident: number;
  /** What people have done about it. */
  readonly deeds?: readonly ShownDeed[];
  /** It answers in the thread of a message that is brought up to date, while it stays as it is itself. */
  readonly isReply?: boolean | undefined;
}

/** A picture that was uploaded to Slack, and what it shows in words. */
export interface ShownChart {
  readonly fileId: string;
  readonly altText: string;
}

/** What a person did about an incident, as it is shown. */
export interface ShownDeed extends Pick<IncidentDeed, 'kind' | 'at'> {
  readonly name: string;
  /** The person's id in the workspace that the message is for. */
  readonly mention?: string | undefined;
}

/** Characters after escaping, which is what Slack counts. Together they keep a message inside its limits: a test builds the longest. */
const longest = {
  title: 700,
  status: 700,
  notes: 2_200,
  name: 160,
  person: 120,
  version: 120,
  altText: 1_000,
} as const;
/** Which release it was is mostly told by the first ones. */
const namedReleases = 4;

/**
 * The message of an incident: a title that links to it, and in a box of the status's colour what the number is, since
 * when, what to know, the picture, of which rule and project, the releases around, who did something about it, and what
 * can be done while it lasts.
 */
export function incidentMessage(input: IncidentMessageInput): SlackMessage {
  const { label, color } = statusLooks[input.status];
  const title = outside(input.ruleName, longest.title);
  const status = statusLine(input);
  return {
    text: `<${input.link}|*${messages.title(label, inBold(title))}*>`,
    box: {
      color,
      fallback: status === '' ? messages.title(label, title) : messages.fallback(messages.title(label, title), status),
      blocks: [
        ...facts(input, status),
        ...lateness(input),
        ...notes(input),
        ...picture(input),
        context(surroundings(input).join(' · ')),
        ...deedLines(input),
        { type: 'actions', elements: buttonsOf(input) },
      ],
    },
  };
}

function statusLine({ ending, statusText = '' }: IncidentMessageInput): string {
  return ending === undefined ? outside(statusText, longest.status) : messages.endings[ending];
}

/** What the number is, since when, and of an incident that is over how long it lasted and how bad it was. */
function facts({ status, startedAt, closedAt, worst }: IncidentMessageInput, statusSentence: string): KnownBlock[] {
  const lines = [
    ...(statusSentence === '' ? [] : [statusSentence]),
    ...(startedAt === undefined ? [] : [dateToken(startedAt, '{date_pretty} at {time}', messages.startedBefore)]),
    ...(status === 'closed' && startedAt && closedAt ? [course(startedAt, closedAt, worst)] : []),
  ];
  return lines.length === 0 ? [] : [section(lines.join('\n'))];
}

/** A message speaks of the present: one that comes late says of when it is. */
function lateness({ lateSince }: IncidentMessageInput): KnownBlock[] {
  return lateSince === undefined ? [] : [context(messages.late(dateToken(lateSince)))];
}

function course(startedAt: string, closedAt: string, worst: string | undefined): string {
  const seconds = Math.max(0, Math.round((Date.parse(closedAt) - Date.parse(startedAt)) / 1_000));
  const length = messages.lasted(describeLength(seconds));
  return worst === undefined ? length : `${length} ${messages.worst(outside(worst, longest.name))}`;
}

/** What to know is for those who have to act; its lines stay lines. */
function notes({ status, description = '' }: IncidentMessageInput): KnownBlock[] {
  const text = escapeWithin(description.trim(), longest.notes);
  return text === '' || status === 'closed' ? [] : [section(messages.notes(text))];
}

function picture({ chart }: IncidentMessageInput): KnownBlock[] {
  if (chart === undefined) return [];
  return [{ type: 'image', slack_file: { id: chart.fileId }, alt_text: chart.altText.slice(0, longest.altText) }];
}

/** What a reader asks first: of what it is, whose it is, and what was released. */
function surroundings({ ruleName, projectName, environment, owner, releases }: IncidentMessageInput): string[] {
  const bold = (text: string, most: number = longest.name): string => inBold(outside(text, most));
  return [
    messages.context(bold(ruleName), bold(projectName)),
    ...(environment ? [messages.environment(bold(environment))] : []),
    ...(owner ? [messages.owner(bold(owner))] : []),
    ...releaseLine(releases, (version) => bold(version, longest.version)),
  ];
}

function releaseLine(releases: ReleasesAround | undefined, shown: (version: string) => string): string[] {
  if (releases === undefined) return [];
  const { atStart, since } = releases;
  const named = since.slice(0, namedReleases).map(shown);
  const more = since.length - named.length;
  if (atStart === undefined) return named.length === 0 ? [] : [messages.firstReleases(named, more)];
  const first = messages.releaseAtStart(shown(atStart));
  return [named.length === 0 ? first : `${first}, ${messages.releasesSince(named, more)}`];
}

function deedLines({ deeds = [] }: IncidentMessageInput): KnownBlock[] {
  if (deeds.length === 0) return [];
  const lines = deeds.map(({ kind, at, name, mention }) => {
    const who = mention === undefined ? outside(name, longest.person) : messages.mention(mention);
    return messages.deeds[kind](who, dateToken(at));
  });
  return [context(lines.join('\n'))];
}

/** What can still be done about the incident. A reply would go on offering what has been done: the first message is the place to act. */
function buttonsOf({ status, deeds = [], organization, incident, link, isReply }: IncidentMessageInput): Button[] {
  const subject = { organization, id: String(incident) };
  const open = openButton('incident', link);
  if (status === 'closed' || isReply) return [open];
  const isAcknowledged = deeds.some(({ kind }) => kind === 'acknowledged');
  return [
    ...(isAcknowledged ? [] : [pressButton('incident.acknowledge', subject)]),
    pressButton('incident.resolve', subject),
    pressButton('incident.chart', subject),
    open,
  ];
}
