import { html, raw } from 'hono/html';
import { pageMessages } from './messages.ts';
import { stylesheet } from './stylesheet.ts';

/** A piece of a page: made with the tag `html`, which escapes whatever is put into it. */
export type Html = ReturnType<typeof html>;

/** What a page is about, which decides its sign and its colour. */
export type Tone = 'ask' | 'done' | 'stop';

/** What stands around the content of a page. */
export interface PageFrame {
  /** Heading and name of the page; escaped. */
  readonly title: string;
  readonly tone: Tone;
  /** For tables and charts, which need more room than sentences. */
  readonly wide?: boolean;
  /** What stands below the card, such as who has signed in. */
  readonly footer?: Html | undefined;
}

const marks: Readonly<Record<Tone, string>> = {
  ask: '<path d="M9.5 14.5l5-5M8 11l-2 2a3.54 3.54 0 0 0 5 5l2-2m3-3l2-2a3.54 3.54 0 0 0-5-5l-2 2"/>',
  done: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  stop: '<path d="M12 4.5v9.5M12 19h.01"/>',
};

const icon = (paths: string) =>
  raw(
    `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`,
  );

const logo = icon('<path d="M4 7h9a4 4 0 0 1 0 8H9m0 0l3-3m-3 3l3 3"/>');

/** Without it every page would have browsers ask for /favicon.ico. */
const favicon =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 24 24%22%3E%3Crect width=%2224%22 height=%2224%22 rx=%226%22 fill=%22%233a55c4%22/%3E%3Cpath d=%22M6 8h7a3.5 3.5 0 0 1 0 7H9m0 0l2.500-2.500M9 15l2.500 2.500%22 fill=%22none%22 stroke=%22white%22 stroke-width=%222%22 stroke-linecap=%22round%22/%3E%3C/svg%3E';

/** A whole page of ours. `content` stands below the heading. */
export function page({ title, tone, footer, wide = false }: PageFrame, content: Html): string {
  const whole = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${pageMessages.productName}</title>
<link rel="icon" href="${raw(favicon)}">
<style>${raw(stylesheet)}</style>
</head>
<body${wide ? html` class="wide"` : ''}>
<header><p class="brand">${logo}${pageMessages.productName}</p></header>
<main>
<section class="${tone}" aria-labelledby="title">
<div class="mark">${icon(marks[tone])}</div>
<h1 id="title">${title}</h1>
${content}
</section>
</main>
<footer>${footer ?? html`<p>${pageMessages.whatThisIs}</p>`}</footer>
</body>
</html>
`;
  return textOf(whole);
}

/** The text of a piece. @throws TypeError for one that waits for something; ours never do */
export function textOf(piece: Html): string {
  if (piece instanceof Promise) throw new TypeError('A page waits for nothing.');
  return piece.toString();
}
