/** What people read about projects. */
export const messages = {
  projectUnknown: (slugOrId: string) => `There is no project "${slugOrId}" in this organization.`,
  slugTaken: (slug: string) => `A project with this slug already exists. Choose another one than "${slug}".`,
  noSlugLeft: 'No free slug was found for this name. Please choose one yourself.',
  nameReserved: (name: string) => `The name "${name}" is reserved and not allowed. Choose another name.`,
  slugReserved: (slug: string) => `The slug "${slug}" has a meaning of its own here. Choose another slug.`,
  slugInvalid:
    'Enter a valid slug consisting of lowercase letters, numbers, underscores or hyphens. It cannot be entirely numeric.',
  slugTooLong: 'A slug has at most 50 characters.',
  nameTooLong: 'A name has at most 50 characters.',
  nameEmpty: 'A project needs a name.',
  platformUnknown:
    'Invalid platform: it is not known here. Use a language such as "python", or a language and a framework such as "python-django".',
  notText: 'Write this as a text.',
  projectForbidden: 'This project belongs to a team that you are not in.',
  projectInternal: 'This project is internal: postflow needs it, and it cannot be deleted.',
  teamEmpty: 'Name a team by its slug, or send null for no team.',
  teamUnknown: (team: string) => `There is no team "${team.slice(0, 60)}" in this organization, or you are not in it.`,
  tooBusy: 'Many others are changing this project. Please try again in a second.',
  projectNeeded: 'Name a project by slug or ID, or null for all projects.',
  projectsUnknown: (named: readonly string[]) =>
    `There is no such project here, or you do not reach it: ${named.map((name) => name.slice(0, 60)).join(', ')}.`,
  projectJustDeleted: 'One of these projects was deleted a moment ago. Leave it out and try again.',
  kindUnknown: 'Choose "deploy", "issue", "alert" or "workflow".',
  valueUnknown: 'Choose "always", "never" or "default"; of deploys "committed_only" instead of "always".',
  deploysNeverAlways:
    'Of deploys only those people are told who have commits in them: choose "committed_only", "never" or "default".',
  committedOnlyOfDeploys: 'Only deploys have commits: choose "always", "never" or "default".',
  settingsNeeded: 'Send at least one setting.',
  tooManySettings: (most: number) => `At most ${most} settings can be changed at once.`,
  keyMissing:
    'Say which project this is for: send the key of its DSN in the header x-sentry-auth (sentry sentry_key=…) or as ?sentry_key=.',
  keyUnknown: 'No project has this key. Copy the DSN of the project again.',
  keyOfAnotherProject:
    'The key belongs to another project than the one in the address. Copy the whole DSN of one project.',
} as const;
