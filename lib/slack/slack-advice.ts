/** What somebody can do about an error of Slack's Web API. Names of errors: https://docs.slack.dev/reference/methods */
const advice: Readonly<Record<string, string>> = {
  not_in_channel: 'The app is not in this channel. Invite it there by typing: /invite @postflow',
  channel_not_found:
    'Slack knows no such channel, or it is private and the app is not in it. Check the channel id, and invite the app by typing there: /invite @postflow',
  is_archived: 'The channel is archived. Unarchive it, or choose another one.',
  restricted_action: 'A rule of this workspace does not let the app post there. Ask an administrator of the workspace.',
  invalid_auth: 'Slack does not accept the bot token. Install the app in the workspace again.',
  not_authed: 'No bot token is stored for this workspace. Install the app there again.',
  token_revoked: 'The bot token was revoked. Install the app in the workspace again.',
  token_expired: 'The bot token has expired. Install the app in the workspace again.',
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
  msg_too_long: 'Slack found the message too long. Please report this as a defect of postflow.',
  invalid_blocks: 'Slack refused the form of the message. Please report this as a defect of postflow.',
  message_not_found: 'The message was deleted in Slack.',
};

/** The advice for an error; a hint where to look it up when we have none. */
export function adviceFor(slackError: string): string {
  return (
    (Object.hasOwn(advice, slackError) ? advice[slackError] : undefined) ??
    `Slack refused this (${slackError}); its documentation explains the reason.`
  );
}
