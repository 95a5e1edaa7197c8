import type { Button } from '@slack/types';
import { isSlug } from '../platform/slug.ts';
import { buttonMessages } from './messages.ts';

/** What the buttons of our messages ask for. Messages stand in channels for years: a name here is never changed. */
export const pressActions = [
  'incident.acknowledge',
  'incident.resolve',
  'incident.chart',
  'issue.resolve',
  'issue.archive',
  'issue.review',
  'issue.reopen',
] as const;

/** What a button of ours asks for. */
export type PressAction = (typeof pressActions)[number];

/** What a button is about: an incident by its number, or an issue by its ID. */
export interface PressSubject {
  readonly organization: string;
  readonly id: string;
}

/** What somebody asked for by pressing a button. Whoever sent it may have made it up: it is a wish and no permission. */
export interface Press extends PressSubject {
  readonly action: PressAction;
}

const styles: Readonly<Partial<Record<PressAction, 'primary'>>> = {
  'incident.acknowledge': 'primary',
  'issue.resolve': 'primary',
};

/** A button that asks for something. */
export function pressButton(action: PressAction, { organization, id }: PressSubject): Button {
  const style = styles[action];
  return {
    type: 'button',
    action_id: action,
    text: { type: 'plain_text', text: buttonMessages[action] },
    value: `${organization}/${id}`,
    ...(style && { style }),
  };
}

/** A button that leads to a page. Slack tells us of it all the same, and waits for an answer. */
export function openButton(kind: 'incident' | 'issue', url: string): Button {
  return { type: 'button', action_id: `${kind}.open`, text: { type: 'plain_text', text: buttonMessages.open }, url };
}

const idPatterns = { incident: /^[1-9]\d{0,8}$/, issue: /^\d{1,20}$/ } as const;

/**
 * What a pressed button asks for: `foreign` when it is none of those that ask for something, `broken` when no message of
 * ours can have carried it.
 */
export function readPress(actionId: string, value: string | undefined): Press | 'foreign' | 'broken' {
  const action = pressActions.find((one) => one === actionId);
  if (action === undefined) return 'foreign';
  const [organization = '', id = '', ...rest] = (value ?? '').split('/');
  const kind = action.startsWith('incident.') ? 'incident' : 'issue';
  if (!isSlug(organization) || !idPatterns[kind].test(id) || rest.length > 0) return 'broken';
  return { action, organization, id };
}
