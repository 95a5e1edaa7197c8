import { contentArguments } from './message-arguments.ts';
import { SlackBusyError, SlackRefusedError, SlackUncertainError } from './slack-errors.ts';
import type { MessageContent } from './slack-message.ts';

/** Where Slack takes more to say about a command; for Slack itself and for its sibling for authorities. */
const slackHosts: Readonly<Record<string, string>> = {
  'slack.com': 'hooks.slack.com',
  'slack-gov.com': 'hooks.slack-gov.com',
};

/** A call that takes longer has been lost. */
const callTimeoutMs = 8_000;

/**
 * Whether an address that came as `response_url` is really Slack's: everything else is never called, whoever signed it. An
 * API that is not Slack's (the stand-in) has them beside itself: on its own origin, below the folder that it is in.
 */
export function isSlackResponseUrl(address: string, slackApiUrl: string): boolean {
  if (!URL.canParse(address) || !URL.canParse(slackApiUrl)) return false;
  const [url, api] = [new URL(address), new URL(slackApiUrl)];
  if (url.username !== '' || url.password !== '') return false;
  const hooks = hooksOf(api.hostname);
  if (hooks !== undefined) return url.protocol === 'https:' && url.host === hooks;
  const folder = new URL('..', api).pathname;
  return folder !== '/' && url.origin === api.origin && url.pathname.startsWith(folder);
}

function hooksOf(apiHost: string): string | undefined {
  const domain = Object.keys(slackHosts).find((host) => apiHost === host || apiHost.endsWith(`.${host}`));
  return domain === undefined ? undefined : slackHosts[domain];
}

/**
 * Says something to the one who typed a command, and to nobody else; what stands there stays. Slack takes five of these in
 * half an hour.
 * @throws SlackRefusedError when the address is not (or no longer) good, SlackBusyError, SlackUncertainError
 */
export async function answerResponseUrl(address: string, content: MessageContent, slackApiUrl: string): Promise<void> {
  if (!isSlackResponseUrl(address, slackApiUrl)) throw new SlackRefusedError('not_a_response_url');
  const answer = await call(address, content);
  // Whoever owns the address decides where it leads to, so it is not followed.
  if (answer.status >= 300 && answer.status < 400) throw new SlackRefusedError('not_a_response_url');
  if (answer.status === 429) throw new SlackBusyError(Number(answer.headers.get('retry-after')) || 1);
  if (answer.status >= 500) throw new SlackUncertainError();
  const said = await answer.text().catch(() => '');
  if (!answer.ok || /"ok"\s*:\s*false/u.test(said)) throw new SlackRefusedError(errorIn(said) ?? 'expired_url');
}

async function call(address: string, content: MessageContent): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...contentArguments(content) }),
      signal: AbortSignal.timeout(callTimeoutMs),
    });
  } catch (cause) {
    throw new SlackUncertainError({ cause });
  }
}

function errorIn(said: string): string | undefined {
  return /"error"\s*:\s*"(\w{1,64})"/u.exec(said)?.[1];
}
