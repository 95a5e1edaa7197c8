import { loadState } from '../../infra/local/saved-state.ts';
import { randomText } from '../../lib/platform/random-text.ts';
import { signLink } from '../../lib/platform/signed-link.ts';

/** A genuine link of an hour ago. */
export async function linkOfLongAgo(about: {
  readonly url: string;
  /** Where the stack keeps what it signs with. */
  readonly dataFolder: string;
  readonly slackUserId: string;
}): Promise<string> {
  const { secrets } = await loadState(about.dataFolder);
  const parameters = { teamId: 'T0ACME001', slackUserId: about.slackUserId, channelId: 'C0GENERAL1' };
  const anHourAgo = Math.floor(Date.now() / 1000) - 3_600;
  const signing = { key: secrets.linkSigningKey, nowSeconds: anHourAgo, randomText };
  return `${about.url}/extensions/slack/link-identity/${signLink({ purpose: 'link-identity', parameters }, signing)}/`;
}
