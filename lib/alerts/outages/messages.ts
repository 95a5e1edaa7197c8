/** What is told of a rule whose metric cannot be read. Whatever comes from outside is escaped by the caller. */
export const outageMessages = {
  begun: {
    title: (rule: string) => `Cannot be read: ${rule}`,
    status: 'Its metric cannot be read. Until it can, nobody is told of incidents of this rule.',
    since: (since: string) => `It is so since ${since}; every ten minutes it is tried again.`,
    /** What has happened, and what to do, in sentences of ours. */
    reason: (reason: string) => `*Why, and what to do:* ${reason}`,
    openIncident: (identifier: number) =>
      `Incident #${identifier} stays open until it can be read again, or until somebody resolves it.`,
  },
  over: {
    title: (rule: string) => `Read again: ${rule}`,
    status: 'Its metric can be read again, and people are told of incidents as before.',
    span: (since: string, until: string) => `Nothing was judged from ${since} to ${until}.`,
  },
} as const;
