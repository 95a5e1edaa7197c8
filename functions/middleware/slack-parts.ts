import * as z from 'zod';
import type { Secrets } from '../../lib/platform/config.ts';
import type { Table } from '../../lib/platform/table.ts';
import { type Slack, slackClient, switchOffDeadWorkspace } from '../../lib/slack/index.ts';
import type { BaseApp } from './start-app.ts';

/** What calling Slack reads of the environment. */
export const slackSettings = {
  SLACK_API_URL: z.url(),
  /** Empty as long as the app is not installed with a click: then its tokens do not end either. */
  SLACK_CLIENT_ID: z.string(),
};

/**
 * Slack's Web API for work that nobody waits for, with tokens that are renewed before they end. Here as everywhere, a workspace is
 * switched off when Slack takes its token no more.
 */
export function slackOf(
  config: { readonly SLACK_API_URL: string; readonly SLACK_CLIENT_ID: string },
  { slackClientSecret: clientSecret, tokenEncryptionKey }: Secrets,
  { table, clock, log }: Pick<BaseApp, 'clock' | 'log'> & { readonly table: Table },
): Slack {
  const { SLACK_API_URL: apiUrl, SLACK_CLIENT_ID: clientId } = config;
  const rotation = { apiUrl, clientId, clientSecret, clock, log };
  const onDeadToken = switchOffDeadWorkspace({ table, log });
  return slackClient({ table, apiUrl, tokenEncryptionKey, clock, rotation, onDeadToken });
}

/**
 * Slack's Web API for the doors that people wait at. They may give up on Slack, and Lambda then stops the process wherever it is;
 * so they never renew a token, and find it renewed by those who sweep.
 */
export function slackForPeople(
  { SLACK_API_URL: apiUrl }: { readonly SLACK_API_URL: string },
  { tokenEncryptionKey }: Pick<Secrets, 'tokenEncryptionKey'>,
  { table, clock, log }: Pick<BaseApp, 'clock' | 'log'> & { readonly table: Table },
): Slack {
  const onDeadToken = switchOffDeadWorkspace({ table, log });
  return slackClient({ table, apiUrl, tokenEncryptionKey, clock, onDeadToken });
}
