/** What somebody asked for with the slash command, or in a direct message. */
export type Command =
  | { readonly name: 'help' | 'docs' | 'support' }
  | { readonly name: 'link' | 'unlink'; readonly subject: 'user' | 'team' }
  | { readonly name: 'unknown'; readonly text: string };

/**
 * Reads a command line: upper and lower case are the same, any white space separates, nothing at all asks for help.
 * `link` and `unlink` are about the user when nothing follows, and about the team when `team` does; what follows that is
 * ignored. Any other word is a mistake that must not be taken for a wish to link oneself.
 */
export function parseCommand(line: string): Command {
  const text = line.trim().toLowerCase();
  const [name = '', subject] = text.split(/\s+/u);
  switch (name) {
    case '':
    case 'help':
      return { name: 'help' };
    case 'docs':
    case 'support':
      return { name };
    case 'link':
    case 'unlink':
      if (subject === undefined) return { name, subject: 'user' };
      return subject === 'team' ? { name, subject } : { name: 'unknown', text };
    default:
      return { name: 'unknown', text };
  }
}
