import { type DigestSection, digestMessage } from '../lib/alerts/digests/digest-message.ts';
import { incidentLink } from '../lib/alerts/incident-link.ts';
import { type IncidentMessageInput, incidentMessage } from '../lib/alerts/incident-message.ts';
import { type StatusSubject, statusText, valueText } from '../lib/alerts/status-text.ts';
import { contentArguments } from '../lib/slack/message-arguments.ts';
import type { SlackMessage } from '../lib/slack/slack-message.ts';
import { printTable, writeResults } from './results.ts';

// node bench/alert-messages.ts: how long it takes to render the message of an incident, or of a digest, without its charts and without what is
// read for it: from what was decided to the arguments of Slack's method, as JSON. Prints a table and writes
// bench/results/alert-messages.json; ends with 1 when the slowest of a hundred takes longer than promised.

const promisedMs = 5;
const rounds = 20_000;

/** A setting, and how long one message of it takes. */
export interface MessageRow {
  readonly name: string;
  readonly characters: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly firstMs: number;
}

const subject: StatusSubject = { aggregate: 'p95(d:custom/checkout.duration@millisecond)', windowSeconds: 600 };
const usual = {
  status: 'critical',
  ruleName: 'Checkout takes too long',
  projectName: 'web',
  startedAt: '2026-03-02T09:00:00.000Z',
  description: 'Look at the status page of the payment provider first.\nThe *runbook* is in the wiki.',
  environment: 'production',
  owner: 'backend',
  releases: { atStart: 'shop@4.12.0', since: ['shop@4.12.1'] },
  organization: 'acme',
  incident: 7,
  deeds: [{ kind: 'acknowledged', at: '2026-03-02T09:05:00.000Z', name: 'Ada', mention: 'U0ADA' }],
} as const;
/** Each character becomes four or five. */
const escaped = (characters: number): string => '<&>'.repeat(characters).slice(0, characters);
/** What a digest says of a rule. */
const section: DigestSection = {
  ...{ ruleName: usual.ruleName, projectName: usual.projectName, link: linkOf(usual), status: 'critical' },
  ...{ startedAt: usual.startedAt, now: statusText(subject, 1_234.5), incidents: { count: 3, open: 1 } },
  whole: 'The last 7 days: lowest 212 ms, highest 4.32 s over 1 hour',
  chart: { fileId: 'F0123456789', altText: 'Checkout takes too long: lowest 212 ms, highest 4.32 s.' },
};
const settings: readonly (readonly [name: string, render: () => SlackMessage])[] = [
  ['critical, with everything that there is to say', () => incident(usual)],
  ['resolved', () => incident({ ...usual, status: 'closed', closedAt: '2026-03-02T10:30:00.000Z' })],
  [
    'as long as a rule takes texts, all of it to be escaped',
    () =>
      incident({
        ...{ ...usual, ruleName: escaped(256), description: escaped(1_000) },
        ...{ environment: escaped(64), owner: escaped(256) },
      }),
  ],
  ['a digest of one rule', () => digest([section])],
  ['a digest of ten rules', () => digest(Array.from({ length: 10 }, () => section))],
  [
    'a digest of ten rules with long names, all of them to be escaped',
    () => digest(Array.from({ length: 10 }, () => ({ ...section, ruleName: escaped(256) }))),
  ],
];

const rows = settings.map(([name, render]): MessageRow => {
  const times: number[] = [];
  let characters = 0;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    characters = JSON.stringify(contentArguments(render())).length;
    times.push(performance.now() - started);
  }
  const [firstMs = Number.NaN] = times;
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => rounded(sorted[Math.floor(share * (rounds - 1))] ?? Number.NaN);
  return { name, characters, medianMs: at(0.5), p99Ms: at(0.99), firstMs: rounded(firstMs) };
});

printTable(rows);
writeResults('alert-messages', { rows });
process.exitCode = rows.some(({ p99Ms }) => p99Ms > promisedMs) ? 1 : 0;

function incident(input: Omit<IncidentMessageInput, 'link'>): SlackMessage {
  const texts = { statusText: statusText(subject, 1_234.5), worst: valueText(subject, 4_321) };
  return incidentMessage({ ...input, ...texts, link: linkOf(input) });
}

function linkOf({ organization, incident: number }: Pick<IncidentMessageInput, 'organization' | 'incident'>): string {
  return incidentLink({ publicUrl: 'https://postflow.example', organization, ruleId: '12', incident: number });
}

function digest(sections: readonly DigestSection[]): SlackMessage {
  return digestMessage({
    ...{ name: 'Checkout, the week', period: '7 days', rulesGone: 0, sections },
    ...{ from: '2026-03-02T08:00:00.000Z', until: '2026-03-09T08:00:00.000Z', next: '2026-03-16T08:00:00.000Z' },
  });
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
