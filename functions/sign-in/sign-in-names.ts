/** Where a sign-in leads that nobody said more about: the page that tells who has signed in. */
export const defaultNext = '/auth/sign-in/';

/** What the form does that signs somebody out. */
export const signOutForm = 'sign-out';
