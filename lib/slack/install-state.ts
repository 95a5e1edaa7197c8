import { createHash } from 'node:crypto';
import * as z from 'zod';
import { epochSeconds } from '../platform/clock.ts';
import { signLink, verifyLink } from '../platform/signed-link.ts';
import { InstallGoneError } from './install-errors.ts';
import type { LinkApp } from './slack-link.ts';
import type { ClaimableLink } from './used-link-store.ts';

/** Who has signed in, in which browser. */
export interface InstallVisitor {
  readonly sessionId: string;
  readonly userId: string;
  /** The Slack workspace in which they signed in; undefined where they did not sign in with Slack. */
  readonly slackTeamId: string | undefined;
}

const purpose = 'slack-install';
const schema = z.object({ organization: z.string(), userId: z.string(), session: z.string() });

/** Enough to read what Slack asks, choose a workspace and sign in there. */
const installLifetimeSeconds = 10 * 60;

/**
 * What goes to Slack and comes back with the person: for which organization they began, in which session. It is readable on its
 * way, so that it has the session's hash and not the session.
 */
export function signInstallState(app: LinkApp, { sessionId, userId }: InstallVisitor, organization: string): string {
  const { linkSigningKey: key, randomText } = app;
  const parameters = { organization, userId, session: hashOf(sessionId) };
  return signLink({ purpose, parameters }, { key, randomText, nowSeconds: epochSeconds(app.clock) });
}

/**
 * The organization for which this visitor began, in this browser, not more than ten minutes ago. That it is finished once is for
 * the write that follows to see, which claims its `id`.
 * @throws InstallGoneError
 */
export function openInstallState(
  app: Pick<LinkApp, 'clock' | 'linkSigningKey'>,
  state: string,
  { sessionId, userId }: InstallVisitor,
): ClaimableLink & { readonly organization: string } {
  const expected = { purpose, schema, lifetimeSeconds: installLifetimeSeconds };
  const verdict = verifyLink(state, expected, { key: app.linkSigningKey, nowSeconds: epochSeconds(app.clock) });
  if ('refusal' in verdict) throw new InstallGoneError(verdict.refusal === 'expired' ? 'expired' : 'forged');
  const { id, expiresAtSeconds, parameters } = verdict.link;
  // Both stand under our signature, so that trying leads nowhere and time tells nothing.
  if (parameters.userId !== userId || parameters.session !== hashOf(sessionId)) {
    throw new InstallGoneError('other-session');
  }
  return { id, expiresAtSeconds, organization: parameters.organization };
}

function hashOf(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('base64url');
}
