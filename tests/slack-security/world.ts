import type { SlackJob } from '../../lib/slack/index.ts';
import { type ArrayQueue, arrayQueue } from '../support/array-queue.ts';
import { createPressingApp, type PressingApp } from '../support/pressing-app.ts';
import type { SlackAcmeApp } from '../support/slack-acme.ts';

/** The app of all doors that Slack calls, with what they are known by. */
export type SlackDoorApp = SlackAcmeApp & PressingApp & { readonly slackJobs: ArrayQueue<SlackJob> };

/** A workspace with people, teams and alerts, an app that knows Slack by its signature, and a Slack; `close` ends that. */
export async function createSlackWorld(): Promise<SlackDoorApp> {
  const app = await createPressingApp();
  return { ...app.acme.app, ...app, slackJobs: arrayQueue<SlackJob>() };
}
