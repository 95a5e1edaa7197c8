import { createSlackAcme, type SlackAcmeApp } from '../support/slack-acme.ts';

/** The app of all doors that Slack calls, with what they are known by. */
export type SlackDoorApp = SlackAcmeApp & { readonly signingSecret: string };

/** A workspace with people and teams, and an app that knows Slack by its signature. */
export async function createSlackWorld(): Promise<SlackDoorApp> {
  const { app, linked } = await createSlackAcme();
  await linked('U0ADA00001', 'ada');
  return { ...app, signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' };
}
