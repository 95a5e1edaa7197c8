import type { ChartJob } from '../../lib/alerts/index.ts';
import type { Caller } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import type { Queue } from '../../lib/platform/queue.ts';
import type { RandomText } from '../../lib/platform/random-text.ts';
import type { Table } from '../../lib/platform/table.ts';
import type { CommandSurroundings, Slack, SlackJob } from '../../lib/slack/index.ts';

/** What the jobs of the Slack queue need of the outside world. */
export type WorkerApp = Pick<App, 'table' | 'clock' | 'log' | 'metrics'> & {
  readonly metricsTable: Table;
  readonly slack: Slack;
  readonly slackJobs: Queue<SlackJob>;
  /** Where charts are asked for. */
  readonly charts: Queue<ChartJob>;
  readonly linkSigningKey: string;
  readonly publicUrl: string;
  readonly randomText: RandomText;
  readonly surroundings: CommandSurroundings;
};

/** A person who looks at something through Slack. No token is behind it, so that it has none to show. */
export function personInSlack(organization: string, userId: string): Caller {
  return { kind: 'personal', organization, userId, scopes: [], tokenId: '', tokenHash: '' };
}
