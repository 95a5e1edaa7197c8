import { html } from 'hono/html';
import type { Html } from './layout.ts';
import { pageMessages } from './messages.ts';

/** Text in paragraphs. */
export function paragraphs(...texts: readonly string[]): Html {
  return html`${texts.map((text) => html`<p>${text}</p>`)}`;
}

/** What a page offers to do next. */
export function actions(...all: readonly Html[]): Html {
  return html`<div class="actions">${all}</div>`;
}

/** A link that looks like a button; `second` is the less likely choice. */
export function linkButton(text: string, href: string, kind: 'first' | 'second' = 'first'): Html {
  return html`<a class="button ${kind}" href="${href}">${text}</a>`;
}

/** The button that sends its form. */
export function submitButton(text: string): Html {
  return html`<button class="button" type="submit">${text}</button>`;
}

/** Who has signed in, with the way to another account. */
export function signedInFooter(email: string, anotherAccountUrl: string): Html {
  return html`<p>${pageMessages.signedInAs(email)} <a href="${anotherAccountUrl}">${pageMessages.useAnotherAccount}</a></p>`;
}
