export { answerCommand, type CommandApp, type CommandReply, type TypedCommand } from './answer-command.ts';
export { answerDirectMessage, type DirectMessageApp } from './answer-direct-message.ts';
export { answerFor, type CommandDecision, type LinkCommand } from './answer-for.ts';
export { answerLinkCommand, type LinkCommandAnswer, type TypedLinkCommand } from './answer-link-command.ts';
export {
  type BeginInstallApp,
  beginInstall,
  type InstallToBegin,
  requireManager,
} from './begin-install.ts';
export { type ClosedChannel, closeChannel } from './close-channel.ts';
export {
  type DisconnectApp,
  type DisconnectedWorkspace,
  disconnectWorkspace,
  type WorkspaceToDisconnect,
} from './disconnect-workspace.ts';
export { cutText, escapeMrkdwn, escapeWithin } from './escape-mrkdwn.ts';
export { findBotToken, type TokenRotation } from './find-bot-token.ts';
export { type FinishedInstall, type FinishInstallApp, finishInstall, type InstallToFinish } from './finish-install.ts';
export { type CommandSurroundings, disconnectedBlocks } from './help-blocks.ts';
export { identifyPresser, type PressedBy, type Presser } from './identify-presser.ts';
export {
  ForeignWorkspaceError,
  InstallGoneError,
  type InstallGoneReason,
  InstallRefusedError,
} from './install-errors.ts';
export { type InstallVisitor, openInstallState } from './install-state.ts';
export { installUrl } from './install-urls.ts';
export { type IssueCard, issueCard, issueMessage } from './issue-message.ts';
export type { LinkDeed } from './link-deed.ts';
export { LinkGoneError, type LinkGoneReason } from './link-gone-error.ts';
export {
  type IdentityToLink,
  type LinkedIdentity,
  linkIdentity,
  previewLinkIdentity,
  type ToldIdentity,
} from './link-identity.ts';
export {
  LinkForbiddenError,
  type LinkForbiddenReason,
  LinkTargetGoneError,
  type LinkTargetGoneReason,
} from './link-refused-errors.ts';
export { type LinkedTeam, linkTeam, type TeamToLink } from './link-team.ts';
export { listEndingTokens } from './list-ending-tokens.ts';
export { type LinkableTeam, listLinkableTeams } from './list-linkable-teams.ts';
export { type MatchedLink, matchLink } from './match-link.ts';
export {
  openButton,
  type Press,
  type PressAction,
  type PressSubject,
  pressButton,
  readPress,
} from './message-buttons.ts';
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
export { type Command, parseCommand } from './parse-command.ts';
export { parseForm } from './parse-form.ts';
export { postOnce, unlessSlackRefuses } from './post-once.ts';
export { promptToLink } from './prompt-to-link.ts';
export { type EventEnvelope, eventEnvelope, jobOfEvent } from './read-event.ts';
export { readSharer, type Sharer } from './read-sharer.ts';
export { readSituation } from './read-situation.ts';
export { refreshMemberships, refreshMembershipsOf } from './refresh-memberships.ts';
export { type DeployNote, deployMessage, type ReleaseCard, releaseCard } from './release-message.ts';
export { renameChannel } from './rename-channel.ts';
export { isKnownWorkspace } from './require-known-workspace.ts';
export type { LinkVisitor } from './require-linked-person.ts';
export { isSlackResponseUrl } from './response-url.ts';
export { type SendingApp, type SendingOutcome, sendOutgoing } from './send-outgoing-message.ts';
export {
  type ClaimTimes,
  changePending,
  claimed,
  claimPending,
  neverSent,
  sendingFields,
} from './sending-claim.ts';
export { type CommandPlace, isDirectMessage, type Situation, type TeamHere } from './situation.ts';
export type { EphemeralNote, MarkSearch, Posting, Slack } from './slack.ts';
export { type SlackClientOptions, slackClient } from './slack-client.ts';
export { SlackBusyError, SlackRefusedError, SlackUncertainError } from './slack-errors.ts';
export { type SlackJob, type SlackJobOf, slackJobSchema } from './slack-job.ts';
export {
  type LinkApp,
  type LinkParameters,
  type LinkPurpose,
  openSlackLink,
  requireUnusedLink,
  slackLink,
} from './slack-link.ts';
export type { MessageBox, MessageContent, MessageMark, MessagePlace, SlackMessage } from './slack-message.ts';
export type { SlackOauthOptions } from './slack-oauth.ts';
export { botScopes, signInScopes } from './slack-scopes.ts';
export { storePersonalMessages } from './store-personal-messages.ts';
export { switchOffDeadWorkspace } from './switch-off-dead-workspace.ts';
export { revokesBot, switchOffWorkspace, type WorkspaceLoss } from './switch-off-workspace.ts';
export type { NamedChannel, TeamSettingsIntent, WriteSettings } from './team-channels.ts';
export type { CommandName, Told } from './tell-of-link.ts';
export {
  type IdentityToUnlink,
  previewUnlinkIdentity,
  type UnlinkedIdentity,
  unlinkIdentity,
} from './unlink-identity.ts';
export { previewUnlinkTeam, type TeamToUnlink, type UnlinkedTeam, unlinkTeam } from './unlink-team.ts';
export type { FileSharing, FileToUpload } from './upload-file.ts';
export { verifySlackToken } from './verification-token.ts';
export { type SignedRequest, slackSignature, verifySlackRequest } from './verify-request.ts';
export { type ChannelOfTeam, findPersonInSlack, findTeamChannels, type PersonInSlack } from './where-to-tell.ts';
export {
  addWorkspace,
  addWorkspaceInput,
  findActiveWorkspace,
  findWorkspace,
  listWorkspaces,
  type WorkspaceDescription,
} from './workspaces.ts';
