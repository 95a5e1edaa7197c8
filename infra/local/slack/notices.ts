/** What Slack itself tells a person whose command failed; each names Slack's own code for it. */
export const commandNotices = {
  operation_timeout: (command: string, seconds: number) =>
    `\`${command}\` gave no answer within ${seconds} seconds, so Slack stopped waiting (operation_timeout). Try it again.`,
  dispatch_failed: (command: string) =>
    `\`${command}\` could not be delivered: nothing answers at the app's address (dispatch_failed).`,
  http_service_error: (command: string, status: number) =>
    `\`${command}\` failed: the app answered with HTTP status ${status} (http_service_error).`,
  invalid_command_response: (command: string, reason: string) =>
    `\`${command}\` answered with a message that Slack does not show: ${reason} (invalid_command_response).`,
} as const;
