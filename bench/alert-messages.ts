import { incidentLink } from '../lib/alerts/incident-link.ts';
import { type IncidentMessageInput, incidentMessage } from '../lib/alerts/incident-message.ts';
import { type StatusSubject, statusText, valueText } from '../lib/alerts/status-text.ts';
import { contentArguments } from '../lib/slack/message-arguments.ts';
import { printTable, writeResults } from './results.ts';

// node bench/alert-messages.ts: how long it takes to render the message of an incident, without its chart and without what is
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
const settings: readonly (readonly [name: string, input: Omit<IncidentMessageInput, 'link'>])[] = [
  ['critical, with everything that there is to say', usual],
  ['resolved', { ...usual, status: 'closed', closedAt: '2026-03-02T10:30:00.000Z' }],
  [
    'as long as a rule takes texts, all of it to be escaped',
    { ...usual, ruleName: escaped(256), description: escaped(1_000), environment: escaped(64), owner: escaped(256) },
  ],
];

const rows = settings.map(([name, input]): MessageRow => {
  const times: number[] = [];
  let characters = 0;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    characters = render(input).length;
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

function render(input: Omit<IncidentMessageInput, 'link'>): string {
  const { organization, incident } = input;
  const link = incidentLink({ publicUrl: 'https://postflow.example', organization, ruleId: '12', incident });
  const texts = { statusText: statusText(subject, 1_234.5), worst: valueText(subject, 4_321) };
  return JSON.stringify(contentArguments(incidentMessage({ ...input, ...texts, link })));
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
