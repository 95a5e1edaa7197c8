/**
 * What Slack refuses for its size. Sources: the doc comments of `@slack/types` (block-kit/blocks, block-elements,
 * composition-objects, message-attachments); docs.slack.dev/reference/methods/chat.update and chat.postMessage;
 * slackapi/bolt-js issues 2509 and 2867 for the size of all blocks together, which Slack does not document.
 */
export const blockLimits = {
  blocksPerMessage: 50,
  blockIdCharacters: 255,
  actionIdCharacters: 255,
  textObjectCharacters: 3_000,
  sectionTextCharacters: 3_000,
  sectionFields: 10,
  fieldTextCharacters: 2_000,
  headerCharacters: 150,
  contextElements: 10,
  actionsElements: 25,
  altTextCharacters: 2_000,
  imageTitleCharacters: 2_000,
  urlCharacters: 3_000,
  buttonTextCharacters: 75,
  buttonValueCharacters: 2_000,
  accessibilityLabelCharacters: 75,
  confirmTitleCharacters: 100,
  confirmTextCharacters: 300,
  confirmButtonCharacters: 30,
} as const;

/** What Slack refuses, or cuts, for the size of a message as a whole. */
export const messageLimits = {
  /** All blocks of a message as JSON; reports put the edge between 11,341 and 13,297 characters, most near 13,200. */
  allBlocksCharacters: 13_200,
  postedTextCharacters: 40_000,
  updatedTextCharacters: 4_000,
  attachments: 100,
  attachmentFooterCharacters: 300,
} as const;
