import { mayBePublicHost } from '../../platform/public-address.ts';
import { ruleMessages as messages } from '../messages.ts';

const longest = 2_000;

/** The address of a webhook for who may not know it all: nothing behind the host, not even a slash, so that it is none that is kept. */
export function originOfWebhook(url: string): string {
  return new URL(url).origin;
}

/** The address of a webhook as it is kept, or what is wrong with it. What its name leads to is checked again at sending. */
export function readWebhookAddress(text: string): { readonly url: string } | { readonly fault: string } {
  const url = URL.canParse(text) && text.length <= longest ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    return { fault: messages.webhookForm };
  }
  if (!mayBePublicHost(url)) return { fault: messages.webhookPrivate };
  url.hash = '';
  return { url: url.href };
}
