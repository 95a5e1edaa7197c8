import { randomBytes } from 'node:crypto';
import type { StoredMessage } from '../message-store.ts';
import { apiMessage } from '../methods/api-message.ts';
import type { SlackState } from '../state.ts';
import type { StandInUser, Workspace } from '../workspace.ts';
import type { FoundButton } from './find-button.ts';

/** A button that somebody has pressed. */
export interface PressedButton extends FoundButton {
  readonly workspace: Workspace;
  readonly person: StandInUser;
  readonly stored: StoredMessage;
  readonly responseUrl: string;
}

/** The payload of a pressed button (docs.slack.dev/reference/interaction-payloads/block_actions-payload). */
export function actionPayload(state: SlackState, pressed: PressedButton): Readonly<Record<string, unknown>> {
  const { workspace, person, stored } = pressed;
  const username = person.email.split('@')[0] ?? '';
  const conversation = workspace.conversation(stored.message.channel);
  return {
    type: 'block_actions',
    user: { id: person.id, username, name: username, team_id: workspace.teamId },
    api_app_id: workspace.appId,
    token: 'local-verification-token',
    ...placeOf(state, pressed),
    trigger_id: `${Date.now()}.${randomBytes(6).readUIntBE(0, 6)}.${randomBytes(16).toString('hex')}`,
    team: { id: workspace.teamId, domain: workspace.domain },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: stored.message.channel, name: conversation?.name ?? '' },
    state: { values: {} },
    response_url: pressed.responseUrl,
    actions: [actionOf(state, pressed)],
  };
}

function actionOf(state: SlackState, { button, blockId, actionId }: PressedButton) {
  return {
    action_id: actionId,
    block_id: blockId,
    text: button.text,
    ...(button.value !== undefined && { value: button.value }),
    ...(button.style !== undefined && { style: button.style }),
    ...(button.url !== undefined && { url: button.url }),
    type: 'button',
    action_ts: (state.clock() / 1000).toFixed(6),
  };
}

/** Where the button stands: in a message, in one that only one person sees (and that is not shown again), or in an unfurled link. */
function placeOf(state: SlackState, { workspace, stored, attachment: place }: PressedButton) {
  const { channel, ts, ephemeral = false, attachments = [], thread_ts } = stored.message;
  const at = { message_ts: ts, channel_id: channel, is_ephemeral: ephemeral, ...(thread_ts && { thread_ts }) };
  const attachment = place === undefined ? undefined : attachments[place];
  if (place === undefined || attachment === undefined) {
    const message = ephemeral ? undefined : apiMessage(state, workspace, stored);
    return { container: { type: 'message', ...at }, ...(message && { message }) };
  }
  const container = { type: 'message_attachment', ...at, attachment_id: place + 1 };
  if (!attachment.is_app_unfurl) {
    const message = ephemeral ? undefined : apiMessage(state, workspace, stored);
    return { container: { ...container, is_app_unfurl: false }, ...(message && { message }) };
  }
  return {
    container: { ...container, is_app_unfurl: true, app_unfurl_url: attachment.from_url },
    app_unfurl: { id: place + 1, ...attachment, bot_id: workspace.botId, app_unfurl_url: attachment.from_url },
  };
}
