import { html } from 'hono/html';
import type { RefusalError } from '../../lib/platform/errors.ts';
import { actions, linkButton, paragraphs } from './components.ts';
import { page } from './layout.ts';
import { pageMessages } from './messages.ts';
import { PageRefusal } from './page-refusal.ts';

/** The page of whatever was refused: what it is called by its kind, and the words that the refusal has itself. */
export function refusalPage(error: RefusalError): string {
  if (!(error instanceof PageRefusal)) return page({ title: titleOf(error), tone: 'stop' }, paragraphs(error.message));
  const { title, texts, wayOn } = error.words;
  const next = wayOn === undefined ? '' : actions(linkButton(wayOn.text, wayOn.url));
  return page({ title, tone: 'stop' }, html`${paragraphs(...texts)}${next}`);
}

/** What a refusal is called. Links say why they are gone; asking for their class here would bring all of Slack into functions that only sign in. */
export function titleOf(error: RefusalError): string {
  const reason = 'reason' in error ? pageMessages.titlesByReason[String(error.reason)] : undefined;
  return reason ?? pageMessages.titles[error.status] ?? pageMessages.otherTitle;
}

/** The page of what was not foreseen; the number of the request is all that it tells. */
export function errorPage(requestId: string): string {
  const content = html`${paragraphs(pageMessages.error)}<p class="quiet">${pageMessages.errorRequest} <code>${requestId}</code></p>`;
  return page({ title: pageMessages.errorTitle, tone: 'stop' }, content);
}

/** The page of who was signed out before they pressed the button. */
export function signedOutPage(signInUrl: string): string {
  const content = html`${paragraphs(pageMessages.signedOutMeanwhile)}${actions(linkButton(pageMessages.signIn, signInUrl))}`;
  return page({ title: pageMessages.signedOutTitle, tone: 'ask' }, content);
}
