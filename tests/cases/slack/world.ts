import type { WholeApp } from '../../support/whole-app.ts';
import type { RecordingSlack } from './recording-slack.ts';

/** The app of all doors that Slack's people and Slack itself come through. */
export type CaseApp = WholeApp & {
  readonly signingSecret: string;
  readonly verificationToken: string;
  readonly linkSigningKey: string;
  readonly tokenEncryptionKey: string;
  readonly surroundings: { readonly command: string; readonly docsUrl: string; readonly supportUrl: string };
};

/** The world in which a case happens. */
export interface World {
  readonly app: CaseApp;
  readonly slack: RecordingSlack;
  readonly user: { readonly id: string; readonly email: string };
}

/** Who is there. */
export const people = { user: 'user1@example.com', owner: 'owner@example.com' } as const;

/** The Slack user who has prepared what is given. */
export const ownerInSlack = 'UOWNER001';

/** The command as people type it here. */
export const command = '/postflow';
