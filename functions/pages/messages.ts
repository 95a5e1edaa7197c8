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
} as const;
