import { html } from 'hono/html';
import { csrfField } from '../middleware/session.ts';
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

/** One line of what a page says: what it is, and below it what else helps to recognise it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly small?: string | undefined;
}

/** Facts below each other. */
export function facts(all: readonly Fact[]): Html {
  const line = ({ name, value, small }: Fact): Html =>
    html`<div><dt>${name}</dt><dd>${value}${small === undefined ? '' : html`<small>${small}</small>`}</dd></div>`;
  return html`<dl>${all.map(line)}</dl>`;
}

/** Facts under a heading, or that there are none. */
export function factSection(heading: string, all: readonly Fact[], none: string): Html {
  return html`<h2>${heading}</h2>${all.length === 0 ? paragraphs(none) : facts(all)}`;
}

/** A form that is sent to us, with the proof that it is our own. */
export function form({ action, csrf }: { readonly action: string; readonly csrf: string }, content: Html): Html {
  return html`<form method="post" action="${action}"><input type="hidden" name="${csrfField}" value="${csrf}">${content}</form>`;
}

/** A field of a form that nobody sees. */
export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/** What became of a button that was pressed. */
export function notice(text: string): Html {
  return html`<div class="notice" role="status"><p>${text}</p></div>`;
}

/** Something to be noticed before or after a decision. */
export function note(text: string): Html {
  return html`<div class="note"><p>${text}</p></div>`;
}
