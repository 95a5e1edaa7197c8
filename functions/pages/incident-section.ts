import { html } from 'hono/html';
import { describeLength, type IncidentStory, type StoryEvent, type Telling } from '../../lib/alerts/index.ts';
import { alertAddress } from '../alert-pages/alert-address.ts';
import { alertMessages as say } from './alert-messages.ts';
import type { AlertPage } from './alert-page.ts';
import { badge } from './alert-parts.ts';
import { actions, facts, form, hiddenField, paragraphs } from './components.ts';
import type { Html } from './layout.ts';

type Surroundings = Pick<AlertPage, 'query' | 'visit' | 'nowMs'>;

/** All about an incident: since when, what happened, what was said, who was told, and what can be done. */
export function incidentSection(incident: IncidentStory, given: Surroundings): Html {
  const { identifier, status, events, tellings } = incident;
  const heading = html`<h2 id="incident-${identifier}">${say.incident(identifier)} ${badge(status, say.statuses[status])}</h2>`;
  return html`<section class="part" aria-labelledby="incident-${identifier}">${heading}${times(incident, given.nowMs)}
${status === 'closed' ? '' : deedForms(incident, given)}
<h3>${say.story}</h3><ol class="story">${events.map(eventLine)}</ol>
<h3>${say.tellings}</h3>${tellings.length === 0 ? paragraphs(say.noTellings) : html`<ul class="lines">${tellings.map(tellingLine)}</ul>`}</section>`;
}

function times({ startedAt, closedAt }: IncidentStory, nowMs: number): Html {
  const startMs = Date.parse(startedAt);
  const over =
    closedAt === null
      ? { name: say.ended, value: say.notOver, small: say.lasting(lengthOf(startMs, nowMs)) }
      : { name: say.ended, value: say.time(closedAt), small: say.lasted(lengthOf(startMs, Date.parse(closedAt))) };
  return facts([{ name: say.began, value: say.time(startedAt) }, over]);
}

function lengthOf(startMs: number, endMs: number): string {
  return describeLength(Math.max(0, Math.floor((endMs - startMs) / 1_000)));
}

function deedForms({ identifier, deeds = [] }: IncidentStory, { query, visit }: Surroundings): Html {
  const action = alertAddress(visit.address, { incident: identifier, range: query.range });
  const one = (deed: 'acknowledge' | 'resolve', kind: 'first' | 'second'): Html =>
    form(
      { action, csrf: visit.csrf },
      html`${hiddenField('incident', String(identifier))}<button class="button ${kind}" type="submit" name="action" value="${deed}">${say[deed]}</button>`,
    );
  const isAcknowledged = deeds.some(({ kind }) => kind === 'acknowledged');
  return actions(
    ...(isAcknowledged ? [] : [one('acknowledge', 'first')]),
    one('resolve', isAcknowledged ? 'first' : 'second'),
  );
}

function eventLine(event: StoryEvent): Html {
  const { at, text, who, type } = event;
  const small = who === undefined ? '' : html` <span class="quiet">${say.by(who)}</span>`;
  const words = text === undefined ? '' : html`<p class="${type === 'comment' ? 'text' : 'quiet'}">${text}</p>`;
  return html`<li><time datetime="${at}">${say.time(at)}</time><div><b>${say.event(event)}</b>${small}${words}</div></li>`;
}

function tellingLine({ at, to, about, state, reason }: Telling): Html {
  const why = reason === undefined ? '' : html`<p class="quiet">${reason}</p>`;
  return html`<li>${badgeOf(state)} ${to} ${say.tellingAbout(about)} <span class="quiet">${say.time(at)}</span>${why}</li>`;
}

function badgeOf(state: Telling['state']): Html {
  return html`<span class="badge ${state}">${say.tellingStates[state]}</span>`;
}
