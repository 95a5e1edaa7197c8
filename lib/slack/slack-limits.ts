/** What Slack takes, each with its source. */
export const slackLimits = {
  /** The text of a section or of a context element. https://docs.slack.dev/reference/block-kit/blocks/section-block */
  blockTextCharacters: 3_000,
  /** A whole message; refused once at 11,341, usually only near 13,200. slackapi/bolt-js issues 2867 and 2509 */
  messageCharacters: 11_000,
} as const;
