/** Every sentence that a person reads from the Slack commands. What stands in `${…}` is escaped by the caller. */
export const messages = {
  helpHeader: (command: string) => `*Here is what \`${command}\` can do for you.*`,
  forHelp: '*Finding your way*',
  commandLine: (command: string, name: string, description: string) => `\`${command} ${name}\`: ${description}`,
  unknownCommand: (text: string) => `Unknown command: \`${text}\`. Nothing was changed; have a look at the list below.`,
  contactHeader: '*Stuck?*',
  contact: (supportUrl: string) => `Tell us what you tried and what happened: <${supportUrl}|get support>.`,
  docs: (docsUrl: string) => `Setup, permissions and everything else is explained in the <${docsUrl}|documentation>.`,
  support: (supportUrl: string) =>
    `Something not working? <${supportUrl}|Open a support request> and say what you tried, what you expected, and the time it happened.`,
  disconnected:
    'This Slack workspace is not connected to postflow (any more). Ask an administrator to install the app again; the documentation shows how.',
  docsButton: 'Read the docs',
  notBuiltYet: (name: string) =>
    `\`${name}\` is not part of this version yet, so nothing was linked or unlinked. It comes with one of the next releases.`,
} as const;

/** The commands that exist, by the situation that they belong to; help shows them sorted by name. */
export const commandDescriptions: Readonly<Record<string, string>> = {
  docs: 'where everything is explained',
  help: 'shows this list',
  support: 'how to reach somebody who can help',
};
