import { type Markup, markup } from './markup.ts';

const icon = (paths: Markup): Markup =>
  markup`<svg class="icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

/** The page's own drawings. */
export const icons = {
  app: icon(markup`<path d="M6 16V5h5.2a3.4 3.4 0 0 1 0 6.8H6"/><path d="M12 16h3"/>`),
  slackbot: icon(markup`<path d="M8 4 6.5 16M13.5 4 12 16M4.5 8h12M3.5 12h12"/>`),
  hash: icon(markup`<path d="M8 4 6.5 16M13.5 4 12 16M4.5 8h12M3.5 12h12"/>`),
  eye: icon(markup`<path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5Z"/><circle cx="10" cy="10" r="2.2"/>`),
  gone: icon(markup`<path d="M4.5 6h11M8 6V4.5h4V6M6 6l.7 10h6.6L14 6"/>`),
  clock: icon(markup`<circle cx="10" cy="10" r="7"/><path d="M10 6v4l2.6 2"/>`),
  send: icon(markup`<path d="M3.5 10 16.5 4l-3.8 12.5-3-5.2-6.2-1.3Zm6.2 1.3L16.5 4"/>`),
  more: icon(markup`<path d="M4.5 10h.1M10 10h.1M15.4 10h.1" stroke-width="3"/>`),
  refused: icon(markup`<path d="M10 3 18 16.5H2L10 3Z"/><path d="M10 8v4M10 14.4v.1"/>`),
} as const;

/** The picture in the browser's tab. */
export const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="20" rx="5" fill="#3b2a6b"/><path d="M7 15V5h4.2a3 3 0 0 1 0 6H7" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>';
