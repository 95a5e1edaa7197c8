import { html } from 'hono/html';
import { alertMessages as say } from './alert-messages.ts';
import type { Html } from './layout.ts';

/** Leads to the pages beside this one, where there are any. */
export function pageLinks(given: {
  readonly previous?: string;
  readonly next?: string;
  readonly linkTo: (cursor: string) => string;
}): Html | '' {
  const { previous, next, linkTo } = given;
  if (previous === undefined && next === undefined) return '';
  const link = (cursor: string | undefined, text: string, rel: string): Html | '' =>
    cursor === undefined ? '' : html`<a class="button second" rel="${rel}" href="${linkTo(cursor)}">${text}</a>`;
  return html`<nav class="actions" aria-label="${say.pages}">${link(previous, say.newer, 'prev')}${link(next, say.older, 'next')}</nav>`;
}
