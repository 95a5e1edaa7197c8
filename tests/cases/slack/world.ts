import type { Slack, SlackJob } from '../../../lib/slack/index.ts';
import type { ArrayQueue } from '../../support/array-queue.ts';
import type { WholeApp } from '../../support/whole-app.ts';
import type { RecordingSlack } from './recording-slack.ts';

/** The app of all doors that Slack's people and Slack itself come through. */
export type CaseApp = WholeApp & {
  readonly signingSecret: string;
  readonly verificationToken: string;
  readonly linkSigningKey: string;
  readonly sessionIssuer: string;
  readonly tokenEncryptionKey: string;
  readonly surroundings: { readonly command: string; readonly docsUrl: string; readonly supportUrl: string };
};

/** The same, with its Slack. */
export type SlackCaseApp = CaseApp & { readonly slack: Slack; readonly slackJobs: ArrayQueue<SlackJob> };

/** The world in which a case happens. */
export interface World {
  readonly app: SlackCaseApp;
  readonly slack: RecordingSlack;
  /** Who is signed in, and whom the Slack user is linked to. */
  readonly user: { readonly id: string; readonly email: string };
}

/** Who has prepared what is given. */
export const ownerAddress = 'owner@example.com';

/** Who that is in Slack. */
export const ownerInSlack = 'UOWNER001';

/** The command as people type it here. */
export const command = '/postflow';
