const reinstall = 'Install the app in the workspace again';
const defect = 'Please report this as a defect of postflow.';

/** What somebody can do about an error of Slack's Web API. Names of errors: https://docs.slack.dev/reference/methods */
const advice: Readonly<Record<string, string>> = {
  not_in_channel: 'The app is not in this channel. Invite it there by typing: /invite @postflow',
  channel_not_found:
    'Slack knows no such channel, or it is private and the app is not in it. Check the channel id, and invite the app by typing there: /invite @postflow',
  is_archived: 'The channel is archived. Unarchive it, or choose another one.',
  user_not_found: 'Slack knows no such person in this workspace (any more). Have them link themselves again.',
  user_not_in_channel: 'This person is not in the channel (any more), so that nothing can be shown to them there.',
  user_disabled: 'This person’s account in Slack was deactivated.',
  cannot_dm_bot: 'This Slack user is a bot, and bots take no direct messages. Link a person instead.',
  messages_tab_disabled:
    'The app takes no direct messages. Switch on "Messages Tab" under "App Home" in its settings, or update it from the manifest.',
  restricted_action: 'A rule of this workspace does not let the app post there. Ask an administrator of the workspace.',
  restricted_action_read_only_channel:
    'Only some people may post in this channel. Ask an administrator of the workspace to let the app do so.',
  restricted_action_thread_only_channel: 'This channel takes answers in threads only. Choose another channel.',
  ekm_access_denied:
    'The encryption keys of this workspace were taken away from Slack for now. Ask an administrator of the workspace.',
  team_access_not_granted:
    'The app was not let into this workspace of the organization. Ask an administrator of Slack to grant it.',
  invalid_auth: `Slack does not accept the bot token. ${reinstall}.`,
  not_authed: 'No bot token is stored for this workspace. Install the app there again.',
  token_revoked: `The bot token was revoked. ${reinstall}.`,
  token_expired: `The bot token has expired. ${reinstall}.`,
  account_inactive: 'The app was removed from this workspace. Install it there again.',
  invalid_refresh_token: 'Slack does not renew the bot token any more. Install the app in the workspace again.',
  bad_client_secret:
    "Slack does not accept the client secret of the app. Compare slackClientSecret in this installation's secret with the app's Basic Information.",
  invalid_client_id:
    "Slack knows no app with this client ID. Compare the stack's parameter SlackClientId with the app's Basic Information.",
  bad_redirect_uri:
    "The app does not name this address among its redirect URLs. Add it in the app's settings (OAuth & Permissions), as in the manifest.",
  invalid_code:
    'Slack no longer accepts this installation: it was open for too long, or was finished already. Start again.',
  code_already_used: 'This installation was finished already. Start again if the workspace is not connected.',
  missing_scope: 'The app lacks a permission. Update it from the manifest and install it in the workspace again.',
  no_permission: 'The app lacks a permission. Update it from the manifest and install it in the workspace again.',
  ratelimited: 'Slack takes no more messages for the moment. This is tried again by itself.',
  msg_too_long: `Slack found the message too long. ${defect}`,
  msg_blocks_too_long: `Slack found the message too long. ${defect}`,
  invalid_blocks: `Slack refused the form of the message. ${defect}`,
  invalid_attachments: `Slack refused the form of the message. ${defect}`,
  no_text: `Slack refused a message without text. ${defect}`,
  metadata_too_large: `Slack refused the mark of the message. ${defect}`,
  message_not_found: 'The message was deleted in Slack.',
  posting_to_channel_denied: 'The app is not in this channel. Invite it there by typing: /invite @postflow',
  invalid_channel: 'Slack knows no such channel (any more). Check the channel id.',
  file_uploads_disabled: 'This workspace takes no files. Ask an administrator of the workspace.',
  file_type_not_allowed: 'This workspace takes no pictures. Ask an administrator of the workspace.',
  cant_update_message: 'Slack lets only the author of a message change it, and the app did not write this one.',
  cannot_unfurl_message: 'Slack does not show links below this message.',
  cannot_unfurl_url:
    'Slack does not let the app show this link. Name our address under "App Unfurl Domains" in the settings of the app.',
  not_a_response_url: 'The address to answer to is not one of Slack’s, so it was not called.',
  expired_url: 'Slack takes an answer to a command for half an hour, and that is over. Type the command again.',
  used_url: 'Slack takes five answers to a command, and they were given. Type the command again.',
  not_confirmed:
    'Slack did not say whether it showed the message. What only one person sees cannot be looked up, so it was not sent again.',
  unknown_message: 'There is no such message (any more).',
  too_late: 'Slack could not be reached for a day. The message was old news by then, and was not sent.',
};

/** The advice for an error; a hint where to look it up when we have none. */
export function adviceFor(slackError: string): string {
  return (
    (Object.hasOwn(advice, slackError) ? advice[slackError] : undefined) ??
    `Slack refused this (${slackError}); its documentation explains the reason.`
  );
}
