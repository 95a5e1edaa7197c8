import { html } from 'hono/html';
import { type ShownAlertRule, type SnoozeTarget, snoozeTargets } from '../../lib/alerts/index.ts';
import { alertAddress } from '../alert-pages/alert-address.ts';
import { alertMessages as say } from './alert-messages.ts';
import type { AlertPage } from './alert-page.ts';
import { actions, form, hiddenField, note } from './components.ts';
import type { Html } from './layout.ts';

/** For how many hours a rule can be snoozed with a click; the empty text is until somebody ends it. */
export const snoozeHours = ['1', '8', '24', ''] as const;

/** Who hears nothing of a rule at the moment, and the buttons that make it so or end it. */
export function snoozeSection({ rule, query, visit }: AlertPage): Html {
  const action = alertAddress(visit.address, { incident: rule.incident?.identifier, range: query.range });
  const formOf = (target: SnoozeTarget, content: Html): Html =>
    form({ action, csrf: visit.csrf }, html`${hiddenField('target', target)}${content}`);
  const button = (name: string, value: string, text: string): Html =>
    html`<button class="button second" type="submit" name="${name}" value="${value}">${text}</button>`;
  const isOn = { me: rule.mySnooze !== undefined, everyone: rule.snooze !== undefined };
  const ends = snoozeTargets
    .filter((target) => isOn[target])
    .map((target) => formOf(target, button('action', 'unsnooze', say.unsnooze[target])));
  const begins = snoozeTargets
    .filter((target) => !isOn[target])
    .map((target) => {
      const choices = snoozeHours.map((hours) => button('hours', hours, say.snoozeHours[hours]));
      return formOf(target, html`${hiddenField('action', 'snooze')}<p>${say.snooze[target]}</p>${actions(...choices)}`);
    });
  const more = begins.length === 0 ? '' : html`<details><summary>${say.snoozeTitle}</summary>${begins}</details>`;
  return html`${notesOf(rule)}${ends.length === 0 ? '' : actions(...ends)}${more}`;
}

function notesOf({ snooze, mySnooze }: ShownAlertRule): Html {
  const forAll = snooze === undefined ? '' : note(say.snoozed(say.until(snooze.until), snooze.by));
  return html`${forAll}${mySnooze === undefined ? '' : note(say.snoozedForMe(say.until(mySnooze.until)))}`;
}
