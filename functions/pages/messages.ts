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
