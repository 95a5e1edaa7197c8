/** What people read about projects. */
export const messages = {
  projectUnknown: (slugOrId: string) => `There is no project "${slugOrId}" in this organization.`,
  slugTaken: (slug: string) => `A project with the slug "${slug}" exists already. Choose another slug.`,
  noSlugLeft: 'No free slug was found for this name. Please choose one yourself.',
  nameReserved: (name: string) => `The name "${name}" has a meaning of its own here. Choose another name.`,
  slugReserved: (slug: string) => `The slug "${slug}" has a meaning of its own here. Choose another slug.`,
  nameTooLong: 'A name has at most 50 characters.',
  nameEmpty: 'A project needs a name.',
  platformUnknown:
    'This platform is not known. Use a language such as "python", or a language and a framework such as "python-django".',
  keyMissing:
    'Say which project this is for: send its key in the header X-Sentry-Auth or as ?sentry_key=, as its DSN tells.',
  keyUnknown: 'No project has this key. Copy the DSN of the project again.',
  keyOfAnotherProject:
    'The key belongs to another project than the one in the address. Copy the whole DSN of one project.',
} as const;
