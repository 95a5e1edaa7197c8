import { html } from 'hono/html';
import type { IncidentLine, RuleStanding } from '../../lib/alerts/index.ts';
import type { Html } from './layout.ts';

/** One of several views of the same. */
export interface Choice {
  readonly text: string;
  readonly href: string;
  readonly isChosen: boolean;
}

/** Links to views of the same, of which one is shown. */
export function choiceLinks(label: string, choices: readonly Choice[]): Html {
  const link = ({ text, href, isChosen }: Choice): Html =>
    html`<li><a href="${href}"${isChosen ? html` aria-current="true"` : ''}>${text}</a></li>`;
  return html`<nav class="choices" aria-label="${label}"><ul>${choices.map(link)}</ul></nav>`;
}

/** How something stands, as a word with a colour. */
export function badge(standing: RuleStanding | IncidentLine['status'], word: string): Html {
  return html`<span class="badge ${standing}">${word}</span>`;
}
