/** The channel in which the command was typed. Of a private one the name may not be known. */
const hereIn = (channel: string) => (channel === '' ? 'this private channel' : `#${channel}`);
const elsewhereIn = (channel: string) => (channel === '' ? 'a private channel' : `#${channel}`);

/** Every sentence of our pages that is not said by the domains. Nothing here is escaped yet: the pages do that. */
export const pageMessages = {
  productName: 'postflow',
  whatThisIs: 'postflow tells teams in Slack about their releases, issues and alerts.',

  signedInAs: (email: string) => `Signed in as ${email}.`,
  useAnotherAccount: 'Use another account',
  signIn: 'Sign in',
  tryAgain: 'Try again',

  errorTitle: 'Something went wrong on our side',
  error: 'Nothing was lost. Please try again in a minute.',
  errorRequest: 'If it happens again, tell your administrator this number, which finds the reason in the log:',

  titles: {
    400: 'We could not read this request',
    403: 'This is not possible from here',
    404: 'There is no page at this address',
    405: 'This page is used in another way',
    409: 'Somebody was faster',
    413: 'That was too much at once',
    429: 'Please slow down',
    415: 'We could not read this request',
    503: 'Not available right now',
  } as Readonly<Record<number, string | undefined>>,
  otherTitle: 'This did not work',
  titlesByReason: {
    forged: 'This link does not work',
    expired: 'This link has expired',
    'other-purpose': 'This link is for another page',
    used: 'This link was used already',
    'wrong-person': 'This link is for another account',
    'not-linked-yet': 'Link yourself first',
    'no-role': 'Your role is not enough for this',
    'workspace-gone': 'postflow is not in this workspace',
    'not-member': 'This account is not a member here',
    'no-team': 'This team is gone',
    'foreign-workspace': 'This Slack workspace is not connected',
  } as Readonly<Record<string, string | undefined>>,
  unknownAddress:
    'Check that the address is complete. Most pages here are opened by a link that you get in Slack: type the command there again and you get a new one.',
  methodNotAllowed: 'Open this page by its link, and use the buttons on it.',
  brokenRequest: 'Something in what your browser sent cannot be read. Go back to Slack and open the link again.',

  notFromOurPage:
    'We could not make sure that you pressed the button yourself, on our own page. Nothing was changed. Open the link from Slack again and press the button there.',
  signedOutTitle: 'Please sign in again',
  signedOutMeanwhile:
    'You are not signed in any more, so nothing was changed. Sign in again, and you come back to where you were.',

  signInNotSetUpTitle: 'Signing in is not set up yet',
  signInNotSetUp:
    'Ask your administrator to enter the client ID and the secret of the Slack app (docs/deploy.md describes it), then open the link again.',
  signInPages: {
    accountTitle: 'You are signed in',
    account:
      'That is all there is to do here. To link yourself or a team, type the command in Slack and open the link that you get.',
    accountName: 'Account',
    signOut: 'Sign out',
    signedOffTitle: 'You are signed out',
    signedOff: 'This browser does not know you any more. You can close this page.',
    endedTitle: 'This sign-in is over',
    ended:
      'It took longer than ten minutes, was finished already, or began in another browser. Nothing was changed. Go back to the link in Slack and open it again, or sign in here.',
    cancelledTitle: 'You did not sign in',
    cancelled: 'The sign-in was cancelled, so nothing was changed. You can try again whenever you like.',
    awayTitle: 'The sign-in does not answer right now',
    away: 'You would be sent there to tell us who you are, but it cannot be reached at the moment. Nothing was changed. Wait a minute and try again.',
    failedTitle: 'Signing in did not work',
    failed:
      'We could not verify what came back from the sign-in, so nothing was changed. Trying again usually helps; if it does not, tell your administrator.',
    unknownTitle: 'We do not know this account',
    unknown: (email: string) => [
      `You signed in as ${email}, and nobody with this address is a member here.`,
      'Sign in with the address that you were added with, or ask a manager of your organization to add this one.',
    ],
    unverifiedTitle: 'This address is not confirmed yet',
    unverified: (email: string) => [
      `You signed in as ${email}, but it was never confirmed that this address is yours, so we cannot tell who you are.`,
      'Confirm the address where you signed in (look for an e-mail that asks you to), then try again, or use another account.',
    ],
  },

  linkPages: {
    wrongSlackUser: (email: string) => [
      `You signed in as ${email}, and in Slack you are somebody else than the person this link was made for. A link works only for whoever typed the command.`,
      'Sign in with the Slack account that typed the command, or type the command yourself to get a link of your own.',
    ],
    noRole: [
      'None of the teams here is yours to link. Managers and owners of an organization link any team, admins those that they are in, and the admin of a team that team.',
      'Ask one of them to link the team, or to change your role. The link keeps working until it expires.',
    ],
    inSlack: 'In Slack',
    slackUser: (id: string) => `Slack user ${id}`,
    account: 'Account here',
    workspace: 'Workspace',
    channel: 'Channel',
    team: 'Team',
    channelHere: hereIn,
    channelElsewhere: elsewhereIn,
    cancel: 'Nothing happens unless you press the button. To leave everything as it is, close this page.',

    linkUserTitle: 'Link yourself to Slack?',
    linkUser:
      'postflow then knows you in this Slack workspace: it can tell you there what concerns you, and you can act on it and link your teams.',
    onlyIfYou: 'Go on only if it was you who typed the command in Slack.',
    linkUserButton: 'Link me',
    replacesUser: 'This Slack user is linked to another account at the moment. That link ends.',
    replacesSlackUser: (id: string) =>
      `Your account is linked to another Slack user of this workspace (${id}) at the moment. That link ends.`,
    linkedUserTitle: 'You are linked',
    linkedUser: (workspace: string, email: string) =>
      `In the Slack workspace ${workspace} you are ${email} from now on.`,

    unlinkUserTitle: 'Unlink yourself from Slack?',
    unlinkOtherTitle: 'Unlink this person from Slack?',
    unlinkUser:
      'After that we do not know this Slack user any more, and send them nothing. Teams stay linked to their channels.',
    unlinkUserButton: 'Unlink',
    unlinkedUserTitle: 'Unlinked',
    unlinkedUser: (workspace: string, email: string) =>
      `In the Slack workspace ${workspace}, ${email} is not linked any more.`,
    notLinkedTitle: 'There is nothing to unlink',
    userNotLinked: 'This Slack user is not linked to any account. Nothing was changed.',

    linkTeamTitle: (channel: string) => `Which team gets its alerts in ${hereIn(channel)}?`,
    linkTeam: 'Everybody in the channel will see them. A team has one channel in this workspace.',
    chooseTeam: 'Teams that you may link',
    inOrganization: (organization: string) => `Organization ${organization}`,
    nowIn: (channel: string) => `now in ${elsewhereIn(channel)}`,
    linkTeamButton: 'Link this team',
    nothingChosen: 'Choose a team first, then press the button.',
    moveTitle: (team: string, channel: string) => `Move ${team} to ${hereIn(channel)}?`,
    move: (team: string, from: string, to: string) =>
      `Alerts and messages for ${team} are sent to ${elsewhereIn(from)} now. After the move they are sent to ${hereIn(to)}, and not there any more.`,
    movesFrom: 'From',
    movesTo: 'To',
    moveButton: 'Move the team',
    linkedTeamTitle: 'The team is linked',
    linkedTeam: (team: string, channel: string) =>
      `Alerts and messages for ${team} are sent to ${hereIn(channel)} from now on.`,
    movedTeamTitle: 'The team has moved',
    movedTeam: (team: string, from: string, to: string) =>
      `Alerts and messages for ${team} are sent to ${hereIn(to)} from now on, and not to ${elsewhereIn(from)} any more.`,
    alreadyLinkedTitle: 'This was so already',
    alreadyLinked: (team: string, channel: string) =>
      `Alerts and messages for ${team} are sent to ${hereIn(channel)}. Nothing had to be changed.`,

    unlinkTeamTitle: (team: string, channel: string) => `Unlink ${team} from ${hereIn(channel)}?`,
    unlinkTeam:
      'Its alerts will not be posted there any more. Another team, or the same one, can be linked to the channel at any time.',
    unlinkTeamButton: 'Unlink the team',
    unlinkedTeamTitle: 'The team is unlinked',
    unlinkedTeam: (team: string, channel: string) => `Nothing for ${team} is sent to ${hereIn(channel)} any more.`,
    teamNotLinked: 'No team of this organization is linked to this channel. Nothing was changed.',

    toldInSlack: 'We said so in Slack, too.',
    notTold: (advice: string) => `It is done, but we could not say so in Slack. ${advice}`,
    toldLater: 'Slack could not take our message right now. It follows by itself.',
    backToSlack: 'Back to Slack',
    usedForThis: 'That is what this link did; it works once only. For a new one, type the command in Slack again.',
    slackInBrowser: 'Open in the browser',
  },
} as const;

/** What the pages say on which managers connect organizations with Slack workspaces. */
export const installMessages = {
  title: 'Your Slack workspaces',
  intro:
    'Add postflow to a Slack workspace, and its alerts, links and commands work there for the organization that you choose. Slack asks you which workspace, and what postflow may do in it.',
  notSetUp:
    'Nobody has set up the Slack app of this installation yet. Whoever runs postflow finds in docs/deploy.md, step 4, how to do that; then come back here.',
  chooseOrganization: 'For which organization?',
  toSlack: 'Continue to Slack',
  connectedHeading: 'Connected so far',
  workspace: 'Workspace',
  organization: 'Organization',
  status: 'Status',
  since: (minute: string) => `since ${minute} UTC`,
  statuses: {
    active: 'Connected',
    disabled: 'Switched off',
    app_uninstalled: 'Switched off: the app was removed in Slack',
    tokens_revoked: 'Switched off: the app’s access was revoked in Slack',
    disconnected: 'Disconnected',
  },
  installAgain: 'Install again',
  disconnect: 'Disconnect',
  disconnectThis: (workspace: string, organization: string) => `Disconnect ${workspace} from ${organization}`,
  confirmDisconnectTitle: 'Disconnect this workspace?',
  disconnectMeans: [
    'Alerts of the organization are not posted there any more, its teams have no channels there, and nobody can act for it from there. What was posted stays.',
    'Other organizations that use the workspace keep it. When yours is the last one, the app leaves the workspace.',
  ],
  disconnectSure: 'Yes, disconnect it',
  keepConnected: 'Keep it connected',
  disconnectedTitle: 'Disconnected',
  disconnected: (workspace: string, organization: string) =>
    `The Slack workspace ${workspace} is not connected with ${organization} any more.`,
  botAfterwards: {
    kept: 'Other organizations use it as well, so the app stays in the workspace.',
    revoked: 'Nobody else used it, so the app has left the workspace and its access is forgotten.',
    unclear:
      'Nobody else used it, and its access is forgotten here. Slack did not confirm that the app has left: look in the workspace under Tools & settings, Manage apps, and remove postflow there if it is still listed.',
  },
  toWorkspaces: 'Your Slack workspaces',
  workspaceGone: 'This workspace is not connected (any more). Go back to the list and load it again.',
  chooseFirst: 'Go back, choose an organization, and press the button again. Nothing was changed.',
  noRoleTitle: 'This is for managers and owners',
  noRole: (email: string) => [
    `You signed in as ${email}, who is manager or owner of no organization here.`,
    'Ask one of them to add postflow to Slack or to change your role, or use another account.',
  ],
  anotherAccount: 'Use another account',
  foreignWorkspaceTitle: 'This Slack workspace is not connected',
  notShown: (count: number) =>
    `Not shown: ${count === 1 ? 'an organization' : `${count} organizations`} of yours that use other Slack workspaces. Sign in through one of those to see them.`,
  notInstalledTitle: 'Nothing was connected',
  cancelledTitle: 'You did not add postflow',
  cancelled: 'You pressed “Cancel” in Slack, so nothing was connected. You can begin again whenever you like.',
  refused: (error: string) =>
    `Slack did not let the app in (${error}). Perhaps an administrator of the workspace has to allow it first; then begin again.`,
  installedTitle: (workspace: string) => `postflow is in ${workspace}`,
  installed: 'The workspace is connected.',
  nextHeading: 'What to do now, in Slack:',
  nextSteps: (command: string) => [
    { type: '/invite @postflow', what: 'in every channel that is to get alerts.' },
    { type: `${command} link`, what: 'so that we know who you are there. Everybody does this once.' },
    { type: `${command} link team`, what: 'in the channel of a team.' },
  ],
  openSlack: 'Open Slack',
} as const;
