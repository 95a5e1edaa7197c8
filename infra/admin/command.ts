import { type AdminOption, organization } from './options.ts';

/** One command of the admin function, as the command line offers it: `<noun> <verb>`. */
export interface AdminCommand {
  readonly noun: string;
  readonly verb: string;
  readonly summary: string;
  readonly options: readonly AdminOption[];
  /** The arguments behind `npm run admin --`, as one would type them. */
  readonly example: string;
  /** Said after a success, on standard error. */
  readonly note?: string;
}

/** The command that lists everything of a kind that an organization has. */
export function list(noun: string, what: string): AdminCommand {
  return {
    noun,
    verb: 'list',
    summary: `list the ${what} of an organization`,
    options: [organization],
    example: `${noun} list --organization acme`,
  };
}
