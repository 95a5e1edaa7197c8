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
    503: 'Not available right now',
  } as Readonly<Record<number, string | undefined>>,
  otherTitle: 'This did not work',
  linkGoneTitles: {
    forged: 'This link does not work',
    expired: 'This link has expired',
    'other-purpose': 'This link is for another page',
    used: 'This link was used already',
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
