/** What people read about releases and repositories. */
export const messages = {
  versionBlank: 'A release needs a version.',
  versionTooLong: 'A version has at most 200 characters.',
  versionNotAllowed: (version: string) =>
    `Release with name ${version} is not allowed: leave out slashes, tabs and line breaks, and the words ".", ".." and "latest".`,
  notText: 'Write this as a text.',
  refTooLong: 'A ref has at most 200 characters.',
  urlInvalid: 'Write an address such as https://example.com/builds/7, of at most 2,000 characters.',
  dateInvalid:
    'Write a date and time with its zone, such as 2026-03-02T09:00:00Z or 2026-03-02T10:00:00.123456789+01:00.',
  statusInvalid: (status: unknown) => `Invalid status ${shown(status)}: choose "open" or "archived".`,
  ownerUnknown: 'Nobody with this address or ID is a member of the organization.',
  projectsNeeded: 'Name the projects by slug or ID, as a list.',
  tooManyProjects: (most: number) => `A release can belong to ${most} projects at most.`,
  projectsUnknown: (named: readonly string[]) =>
    `There is no such project here, or you do not reach it: ${named.map(shown).join(', ')}.`,
  releaseNotFound: 'The requested resource does not exist: no release of your projects has this version.',
  projectNotFound: 'There is no such project in this organization.',
  releaseForbidden: 'This release belongs to projects of teams that you are not in.',
  releaseOfOthersToo:
    'This release belongs to projects of other teams, too, and would be gone for them as well. Ask somebody who is in all of these teams, or a manager of the organization, to delete it.',
  projectForbidden: 'This project belongs to a team that you are not in.',
  tooLong: (most: number) => `Write at most ${most} characters.`,
  pathBlank: 'A file needs a path.',
  patchTypeUnknown: (type: unknown) =>
    `Commit patch_set type ${shown(type)} is not supported. Use "A" for added, "D" for deleted or "M" for modified.`,
  commitIdOdd: 'The ID of a commit consists of letters, digits and signs, as a hash does.',
  commitIdBlank: 'A commit needs an ID, such as its hash.',
  tooManyFiles: (most: number) => `A commit can have ${most} files at most.`,
  tooManyCommits: (most: number) =>
    `A release can have ${most} commits at most. Send those since the last release only.`,
  tooManyRepositories: (most: number) => `The commits of a release can come from ${most} repositories at most.`,
  environmentBlank: 'Name the environment, such as production.',
  environmentTooLong: 'The name of an environment has at most 64 characters.',
  environmentInvalid: 'Invalid value for environment: leave out slashes and line breaks.',
  tooManyEnvironments: (most: number) =>
    `This release has been deployed to ${most} environments for this project, and there is no room for more. Use one of those.`,
  deployNameTooLong: 'The name of a deploy has at most 64 characters.',
  projectsNotOfRelease: (named: readonly string[], version: string) =>
    `Invalid projects (${named.map(shown).join(', ')}) for release ${version}`,
  queryTooLong: (most: number) => `A query has at most ${most} characters.`,
  quoteOpen: 'A quotation in the query has no end. Close it with a quotation mark.',
  valueMissing: (key: string) => `Say in the query what you look for behind ${key}:, without a space.`,
  queryKeyUnknown: (key: string) =>
    `The query knows no ${shown(key)}: but release:, release.version:, release.package:, release.build: and release.stage:. Put text with a colon in quotation marks.`,
  versionUnreadable:
    'Behind release.version: write a version such as 1.2.3, >=1.2 or 1.2.*, with or without its package (web@1.2.3).',
  buildUnreadable: 'Only numbers can be compared behind release.build:. A text can end in *.',
  stageUnknown: 'Behind release.stage: write adopted, low_adoption or replaced.',
  stageNeedsEnvironment:
    'A release has a stage in an environment: choose exactly one with ?environment= for release.stage:.',
  listStatusInvalid: 'invalid value for status: send "open" or "archived", or leave it empty for both.',
  sortInvalid: (known: readonly string[]) => `invalid sort: choose one of ${known.join(', ')}.`,
  sortNeedsFlatten:
    'sorting by crash statistics requires flattening (flatten=1): send that, too, or leave out the sort.',
  environmentUnknown: (name: string) => `There is no environment ${JSON.stringify(shown(name))} in this organization.`,
  cursorInvalid: 'The cursor belongs to another list. Leave it out to begin with the first page.',
  cursorTooOld:
    'The list of commits was replaced since this page was asked for first. Begin again with the first page.',
  repositoryUnknown: 'No repository of this organization has that ID or name.',
  referencedByIssues:
    'This release is referenced by active issues and cannot be removed. Archive it instead, or delete those issues first.',
  hasHealthData: 'This release has health data and cannot be removed. Archive it instead.',
  tooBusy: 'Many others are changing this release. Please try again in a second.',
  refPartBlank: 'This may not be blank: name the repository and the commit.',
  refRepositoryTooLong: (most: number) => `A repository's name has at most ${most} characters here.`,
  tooManyRefs: (most: number) => `Name ${most} refs at most in one request.`,
  commitTooLong: 'Commit too long - max is 64 chars. Send its full hash, which has 40 or 64.',
  rangeOpen: 'Commit cannot begin or end with .. – write a range as start..end, or the one commit alone.',
  rangeTooLong: 'Start or end commit too long - max is 64 chars each.',
  rangeUnclear: 'This range is unclear: write start..end, with two dots between two commits.',
  repositoriesUnknown: (names: readonly string[]) =>
    `Invalid repository names: ${shownList(names)}. Add them to the organization first; its list of repositories shows which ones there are.`,
  noProvider: (repository: string) =>
    `Nothing is known of where ${shown(repository)} is hosted, so its commits cannot be fetched. Send them along, for example with "sentry-cli releases set-commits --local".`,
  providerNotSetUp: (provider: string) =>
    `This installation has no access to ${shown(provider)}, so commits cannot be fetched from there. Send them along, or ask who runs it to set up a token.`,
  githubBusy: 'GitHub asks to wait; the commits will be fetched later.',
  githubAway: 'GitHub could not be reached; the commits will be fetched later.',
  githubTokenRefused: 'GitHub does not accept the token of this installation. Ask who runs it to set up a new one.',
  githubForbidden: (repository: string) =>
    `The token of this installation may not read ${shown(repository)} on GitHub. Give it access to the contents of that repository, then set the commits again.`,
  githubNotFound: (repository: string) =>
    `GitHub has no such repository as ${shown(repository)}, or not these commits, or the token may not see them. Push the commits first and set them again.`,
  githubUnclear: 'GitHub gave an answer that this version of postflow does not understand.',
  githubNameUnclear: (repository: string) =>
    `${shown(repository)} is no name of a repository on GitHub. Name it like "acme/app", or give it its address there.`,
  fetchFailed: 'Something went wrong while the commits were fetched; they will be fetched later.',
  fetchSlow: 'It took too long to fetch the commits; they will be fetched later.',
  fetchGivenUp:
    'The commits could not be fetched, although it was tried several times. Run "sentry-cli releases set-commits" again to have it tried once more, or send the commits along with "--local".',
  repositoryGone: (repository: string) => `The repository ${shown(repository)} has been deleted in the meantime.`,
  repositoryUrlInvalid: 'Write an address such as https://github.com/acme/app.',
  providerInvalid: 'Name the service that hosts it, such as "github".',
  repositoryNotFound: 'There is no such repository in this organization.',
  repositoryTaken: (name: string) => `A repository named "${name}" exists already.`,
} as const;

/** Names as the clients expect them, without spaces between. */
function shownList(names: readonly string[]): string {
  const rest = names.length - 20;
  return `${names.slice(0, 20).map(shown).join(',')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** What was sent, as far as it helps to find it again. */
function shown(value: unknown): string {
  // Lists and objects are not printed: they can be nested deeper than a stack is.
  const text = typeof value === 'object' ? '(not a text)' : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
