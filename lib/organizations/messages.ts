/** What people read about organizations, members, teams and tokens. */
export const messages = {
  organizationUnknown: (slug: string) =>
    `There is no organization "${slug}". Create it first, or check how it is written.`,
  organizationSlugTaken: (slug: string) =>
    `An organization with the slug "${slug}" exists already. Choose another slug.`,
  teamUnknown: (slug: string) =>
    `There is no team "${slug}" in this organization. Create it first, or check how it is written.`,
  teamSlugTaken: (slug: string) => `A team with the slug "${slug}" exists already in this organization.`,
  alreadyMember: 'This person is a member of the organization already.',
  notMembers: (addresses: readonly string[]) =>
    `Not members of this organization: ${addresses.join(', ')}. Add them first.`,
  notMember: 'Nobody with this address is a member of the organization. Add the person first.',
  emailNeeded: 'A personal token belongs to a person: say whose it is.',
  emailUnwanted: 'An organization token belongs to nobody: leave the address out.',
  validUntilPassed: 'This moment has passed. Choose one in the future, or leave it out.',
  tokenUnknown: 'There is no such token in this organization. It may be revoked already.',
  tokenMissing: 'Say who you are: send the header "Authorization: Bearer <token>".',
  tokenRefused: 'This token is not valid. It may have been revoked or mistyped; ask for a new one.',
  tokenExpired: 'This token has expired. Ask for a new one.',
  tokenNameNeeded: 'Give the token a name that tells what it is for.',
  tokenNameTooLong: 'A name has at most 64 characters.',
  notText: 'Write this as a text.',
  scopeUnknown: 'There is no such scope. A build needs "org:ci".',
  scopesNeeded: 'A token without scopes may do nothing. Name one, or leave the field out for "org:ci".',
  scopesBeyondOwn: (beyond: readonly string[]) =>
    `You can pass on only what you may do yourself. Your own token lacks ${beyond.join(', ')}.`,
  wholeReachNeeded:
    'A token of the organization reaches all of its projects, and you do not. Ask a manager or an owner to make it.',
  validBeyondOwn: (own: string) =>
    `Your own token expires at ${own}, and what it makes cannot last longer. Choose an earlier moment, or leave it out.`,
  momentInvalid: 'Write a moment such as 2027-01-31T12:00:00Z.',
  notInTeam: (team: string) => `This person is not in the team "${team}". Only who is in a team can be its admin.`,
  personNeeded: 'These are settings of a person. Call with a personal token; this one is of an organization.',
  teamForbidden: 'You are not in this team. Ask one of its members, or a manager of the organization.',
  projectCreationDisabled:
    'Your organization has disabled this feature for members. Ask a manager to make the project, or to switch it on again.',
  memberGone: 'The person to whom this token belongs is no longer a member of the organization.',
  otherOrganization: 'This token is for another organization.',
  scopeMissing: (anyOf: readonly string[]) =>
    `This token may not do that. It needs one of these scopes: ${anyOf.join(', ')}.`,
} as const;
