import { html } from 'hono/html';
import type { Session } from '../../lib/platform/session.ts';
import { actions, facts, form, linkButton, paragraphs } from './components.ts';
import { page } from './layout.ts';
import { pageMessages } from './messages.ts';

const texts = pageMessages.signInPages;

/** Who has signed in, and how to end that. */
export function accountPage(about: {
  readonly session: Pick<Session, 'email' | 'name'>;
  readonly signOutUrl: string;
  readonly csrf: string;
  readonly anotherAccountUrl: string;
}): string {
  const { session, signOutUrl, csrf, anotherAccountUrl } = about;
  const content = html`${paragraphs(texts.account)}${facts([
    { name: texts.accountName, value: session.name ?? session.email, small: session.name && session.email },
  ])}${form(
    { action: signOutUrl, csrf },
    actions(
      html`<button class="button second" type="submit">${texts.signOut}</button>`,
      linkButton(pageMessages.useAnotherAccount, anotherAccountUrl, 'second'),
    ),
  )}`;
  return page({ title: texts.accountTitle, tone: 'done' }, content);
}

/** That nobody has signed in with this browser any more. */
export function signedOffPage(signInUrl: string): string {
  return page(
    { title: texts.signedOffTitle, tone: 'done' },
    html`${paragraphs(texts.signedOff)}${actions(linkButton(pageMessages.signIn, signInUrl, 'second'))}`,
  );
}
