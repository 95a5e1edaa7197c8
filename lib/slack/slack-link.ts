import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { epochSeconds } from '../platform/clock.ts';
import type { RandomText } from '../platform/random-text.ts';
import { signLink, type VerifiedLink, verifyLink } from '../platform/signed-link.ts';
import { LinkGoneError } from './link-gone-error.ts';
import { slackId } from './slack-id.ts';
import { type ClaimableLink, findUsedLink } from './used-link-store.ts';

/** Who typed the command, where, and where Slack takes an answer for them. Every link is bound to this one Slack user. */
const place = z.object({
  teamId: slackId,
  slackUserId: slackId,
  channelId: slackId,
  responseUrl: z.string().optional(),
});

const channelPlace = place.extend({ channelName: z.string() });

/** What a link carries, by its purpose; the purpose is also the name of its page. */
const linkParameters = {
  'link-identity': place,
  'unlink-identity': place,
  'link-team': channelPlace,
  'unlink-team': channelPlace.extend({ organization: z.string() }),
} as const;

/** What a link from Slack can be for. */
export type LinkPurpose = keyof typeof linkParameters;

/** What a link for a purpose carries. */
export type LinkParameters<P extends LinkPurpose> = z.infer<(typeof linkParameters)[P]>;

/** What signing and opening links needs. */
export type LinkApp = Pick<App, 'clock'> & {
  readonly linkSigningKey: string;
  /** Our own address, without a slash at its end. */
  readonly publicUrl: string;
  readonly randomText: RandomText;
};

/** The address of the page that does `purpose`, for this one Slack user, for half an hour and once. */
export function slackLink<P extends LinkPurpose>(app: LinkApp, purpose: P, parameters: LinkParameters<P>): string {
  const { linkSigningKey: key, publicUrl, randomText } = app;
  const token = signLink({ purpose, parameters }, { key, randomText, nowSeconds: epochSeconds(app.clock) });
  return `${publicUrl}/extensions/slack/${purpose}/${token}/`;
}

/** What the link of a page carries. @throws LinkGoneError when it is forged, expired, or for another page */
export function openSlackLink<P extends LinkPurpose>(
  app: Pick<LinkApp, 'clock' | 'linkSigningKey'>,
  purpose: P,
  token: string,
): VerifiedLink<LinkParameters<P>> {
  const expected = { purpose, schema: linkParameters[purpose] };
  const verdict = verifyLink(token, expected, { key: app.linkSigningKey, nowSeconds: epochSeconds(app.clock) });
  if ('refusal' in verdict) throw new LinkGoneError(verdict.refusal);
  return verdict.link as VerifiedLink<LinkParameters<P>>;
}

/**
 * Lets a link pass that nobody has used; one read. That it works once is enforced by the write that it leads to; asking
 * here as well spares people a confirmation that would come to nothing.
 * @throws LinkGoneError, which knows who used it
 */
export async function requireUnusedLink(app: Pick<App, 'table'>, { id }: ClaimableLink): Promise<void> {
  const used = await findUsedLink(app.table, id);
  if (used !== undefined) throw new LinkGoneError('used', { use: used.use });
}
