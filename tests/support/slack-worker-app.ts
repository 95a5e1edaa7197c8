import type { WorkerApp } from '../../functions/slack-jobs/worker-app.ts';
import type { ChartJob } from '../../lib/alerts/index.ts';
import { addWorkspace, type SlackJob, slackClient } from '../../lib/slack/index.ts';
import { type ArrayQueue, arrayQueue } from './array-queue.ts';
import { createSlackAcme, type SlackAcme, type SlackAcmeApp } from './slack-acme.ts';
import { type SlackServer, slackWorkspace, startSlackServer } from './slack-server.ts';
import { createTestApp } from './test-app.ts';

/** Slack users of Mia, Ada and Olivia. */
export const slackUsers = { mia: 'U0MIA00001', ada: 'U0ADA00001', olivia: 'U0OLIVIA01' } as const;

/** Everything that a job of the Slack queue passes through: `acme` and `globex`, and their Slack. */
export interface SlackWorld extends Omit<SlackAcme, 'app'> {
  readonly app: SlackAcmeApp &
    WorkerApp & {
      readonly slackJobs: ArrayQueue<SlackJob>;
      readonly charts: ArrayQueue<ChartJob>;
      readonly signingSecret: string;
    };
  readonly server: SlackServer;
}

/** Builds it and starts its Slack; `server.stop` stops that. */
export async function createSlackWorld({ now }: { readonly now?: number } = {}): Promise<SlackWorld> {
  const acme = await createSlackAcme(await createTestApp(now === undefined ? {} : { now }));
  const { table, clock, tokenEncryptionKey } = acme.app;
  const users = Object.entries(slackUsers).map(([name, id]) => ({ id, name, email: `${name}@acme.example` }));
  const server = await startSlackServer(clock, { users });
  await addWorkspace(acme.app, { organization: 'acme', ...slackWorkspace });
  const wait = async (milliseconds: number) => clock.advance(milliseconds);
  const slack = slackClient({ table, tokenEncryptionKey, apiUrl: server.apiUrl, clock, wait });
  const queues = { slackJobs: arrayQueue<SlackJob>(), charts: arrayQueue<ChartJob>() };
  const app = { ...acme.app, slack, ...queues, signingSecret: 'test-signing-secret' };
  return { ...acme, app, server };
}
