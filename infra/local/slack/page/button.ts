import type { Button } from '../block-schema.ts';
import type { ButtonPlace } from '../interactivity/press-troubles.ts';
import { safeLink } from './address.ts';
import { icons } from './icons.ts';
import { type Markup, type MarkupValue, markup } from './markup.ts';
import { renderPlainText } from './mrkdwn.ts';
import type { View } from './view.ts';

/** A button: a link where it has an address, otherwise a form that presses it; a triangle where the last press came to nothing. */
export function renderButton(
  button: Button,
  place: Pick<ButtonPlace, 'ts' | 'blockId' | 'actionId'>,
  view: View,
): Markup {
  const look = `button ${button.style ?? ''}`;
  const address = safeLink(button.url);
  const label = button.accessibility_label && markup`aria-label="${button.accessibility_label}"`;
  if (address !== undefined) {
    return markup`<a class="${look}" href="${address}" target="_blank" rel="noreferrer noopener" ${label}>${renderPlainText(button.text)}</a>`;
  }
  const at = { team: view.workspace.teamId, channel: view.conversation.id, ...place };
  const confirm = button.confirm && markup`data-confirm="${button.confirm.text.text}"`;
  return markup`<form class="press" method="post" action="/__local/slack/action" data-live>
    ${hidden({ team: at.team, channel: at.channel, user: view.viewer?.id ?? '', messageTs: at.ts, blockId: at.blockId, actionId: at.actionId })}
    <button class="${look}" type="submit" ${label} ${confirm}>${renderPlainText(button.text)}</button>${renderTrouble(view.state.troubles.at(at))}
  </form>`;
}

function renderTrouble(problem: string | undefined): MarkupValue {
  if (problem === undefined) return undefined;
  return markup`<span class="trouble" role="img" aria-label="This did not work: ${problem}" title="${problem}">${icons.refused}</span>`;
}

function hidden(fields: Readonly<Record<string, string>>): MarkupValue {
  return Object.entries(fields).map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`);
}
