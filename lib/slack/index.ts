export { answerCommand, type CommandApp, type TypedCommand } from './answer-command.ts';
export { answerDirectMessage } from './answer-direct-message.ts';
export type { CommandDecision } from './answer-for.ts';
export { beginInstall, requireManager } from './begin-install.ts';
export { closeChannel } from './close-channel.ts';
export { type DisconnectedWorkspace, disconnectWorkspace } from './disconnect-workspace.ts';
export { escapeMrkdwn, escapeWithin } from './escape-mrkdwn.ts';
export { findBotToken } from './find-bot-token.ts';
export { type FinishInstallApp, finishInstall } from './finish-install.ts';
export { type CommandSurroundings, disconnectedBlocks } from './help-blocks.ts';
export { identifyPresser, type Presser } from './identify-presser.ts';
export { ForeignWorkspaceError, InstallGoneError } from './install-errors.ts';
export { type InstallVisitor, openInstallState } from './install-state.ts';
export { installUrl } from './install-urls.ts';
export { type IssueCard, issueCard, issueMessage } from './issue-message.ts';
export type { LinkDeed } from './link-deed.ts';
export { LinkGoneError } from './link-gone-error.ts';
export { type LinkedIdentity, linkIdentity, previewLinkIdentity } from './link-identity.ts';
export {
  LinkForbiddenError,
  type LinkForbiddenReason,
  LinkTargetGoneError,
  type LinkTargetGoneReason,
} from './link-refused-errors.ts';
export { type LinkedTeam, linkTeam } from './link-team.ts';
export { listEndingTokens } from './list-ending-tokens.ts';
export { type LinkableTeam, listLinkableTeams } from './list-linkable-teams.ts';
export { type MatchedLink, matchLink } from './match-link.ts';
export { openButton, type Press, type PressAction, pressButton, readPress } from './message-buttons.ts';
export { onceForEvent } from './once-for-event.ts';
export {
  type Destination,
  forgetOutgoing,
  type NewOutgoing,
  outgoingWrite,
  readDueOutgoing,
  readOutgoing,
  saveOutgoing,
} from './outgoing-message-store.ts';
export { context, dateToken, linkAddress, outside, section } from './outside-text.ts';
export type { Command } from './parse-command.ts';
export { parseForm } from './parse-form.ts';
export { postOnce, unlessSlackRefuses } from './post-once.ts';
export { promptToLink } from './prompt-to-link.ts';
export { type EventEnvelope, eventEnvelope, jobOfEvent } from './read-event.ts';
export { readSharer } from './read-sharer.ts';
export { readSituation } from './read-situation.ts';
export { refreshMembershipsOf } from './refresh-memberships.ts';
export { deployMessage, releaseCard } from './release-message.ts';
export { renameChannel } from './rename-channel.ts';
export { isKnownWorkspace } from './require-known-workspace.ts';
export { isSlackResponseUrl } from './response-url.ts';
export { type SendingApp, type SendingOutcome, sendOutgoing } from './send-outgoing-message.ts';
export { type ClaimTimes, changePending, claimed, claimPending, neverSent, sendingFields } from './sending-claim.ts';
export type { Posting, Slack } from './slack.ts';
export { slackClient } from './slack-client.ts';
export { SlackBusyError, SlackRefusedError, SlackUncertainError } from './slack-errors.ts';
export { type SlackJob, type SlackJobOf, slackJobSchema } from './slack-job.ts';
export { type LinkParameters, type LinkPurpose, openSlackLink, requireUnusedLink, slackLink } from './slack-link.ts';
export type { MessageBox, MessageContent, MessageMark, MessagePlace, SlackMessage } from './slack-message.ts';
export type { SlackOauthOptions } from './slack-oauth.ts';
export { botScopes, signInScopes } from './slack-scopes.ts';
export { storePersonalMessages } from './store-personal-messages.ts';
export { switchOffDeadWorkspace } from './switch-off-dead-workspace.ts';
export { switchOffWorkspace } from './switch-off-workspace.ts';
export type { CommandName, Told } from './tell-of-link.ts';
export { previewUnlinkIdentity, type UnlinkedIdentity, unlinkIdentity } from './unlink-identity.ts';
export { previewUnlinkTeam, type UnlinkedTeam, unlinkTeam } from './unlink-team.ts';
export { verifySlackToken } from './verification-token.ts';
export { slackSignature, verifySlackRequest } from './verify-request.ts';
export { findPersonInSlack, findTeamChannels } from './where-to-tell.ts';
export {
  addWorkspace,
  addWorkspaceInput,
  findActiveWorkspace,
  findWorkspace,
  listWorkspaces,
  type WorkspaceDescription,
} from './workspaces.ts';
