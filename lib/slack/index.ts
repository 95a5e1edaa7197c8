export { answerCommand, type CommandReply } from './answer-command.ts';
export { cutText, escapeMrkdwn } from './escape-mrkdwn.ts';
export { type CommandSurroundings, disconnectedBlocks } from './help-blocks.ts';
export { parseForm } from './parse-form.ts';
export { type Posting, type Slack, slackClient } from './slack-client.ts';
export { SlackBusyError, SlackRefusedError, SlackUncertainError } from './slack-errors.ts';
export type { MessageMark, MessagePlace, SlackMessage } from './slack-message.ts';
export { type SignedRequest, slackSignature, verifySlackRequest } from './verify-request.ts';
export {
  addWorkspace,
  addWorkspaceInput,
  findActiveWorkspace,
  findBotToken,
  findWorkspace,
  listWorkspaces,
  type WorkspaceDescription,
} from './workspaces.ts';
