import { Command, InvalidArgumentError, Option } from 'commander';
import type { AdminCommand } from './command.ts';
import { commands, nouns } from './commands.ts';
import { formatResult } from './format.ts';
import type { AdminOption } from './options.ts';
import type { AdminAnswer, SendToAdmin } from './payload.ts';

/** What the program needs of the outside world. */
export interface AdminSurroundings {
  readonly send: SendToAdmin;
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/** Thrown when the admin function refuses; its message is for the person at the terminal. */
export class RefusedError extends Error {}

type Values = Readonly<Record<string, unknown>>;

/** Makes the command line. @throws RefusedError from `parseAsync` when the admin function refuses. */
export function createProgram(surroundings: AdminSurroundings): Command {
  const program = new Command('npm run admin --')
    .description(
      'Makes and lists what postflow works with, on the running local stack or, with --stack, on a deployed one.',
    )
    .addHelpText('after', examples(commands.filter(({ verb }) => verb === 'create').slice(0, 3)));
  for (const [noun, description] of Object.entries(nouns)) {
    const own = commands.filter((command) => command.noun === noun);
    const parent = program.command(noun).description(description).addHelpText('after', examples(own));
    for (const command of own) addCommand(parent, command, surroundings);
  }
  return program;
}

function addCommand(parent: Command, command: AdminCommand, surroundings: AdminSurroundings): void {
  const verb = parent.command(command.verb).description(command.summary);
  for (const option of command.options) verb.addOption(commandLineOption(option));
  verb
    .option('--json', 'print the result as JSON')
    .option('--stack <name>', 'work on the deployed stack of that name, with the usual AWS credentials')
    .option('--region <region>', 'where that stack is')
    .addHelpText('after', examples([command]))
    .action(async (values: Values) => {
      const answer = await surroundings.send(
        { command: `${command.noun}.${command.verb}`, input: await inputOf(command, values, surroundings) },
        {
          ...(typeof values['stack'] === 'string' && { stack: values['stack'] }),
          ...(typeof values['region'] === 'string' && { region: values['region'] }),
        },
      );
      if (!answer.ok) throw new RefusedError(refusal(answer, command));
      surroundings.print(
        values['json'] === true ? JSON.stringify(answer.result, null, 2) : formatResult(answer.result),
      );
      if (command.note !== undefined) surroundings.printError(command.note);
    });
}

function commandLineOption({ flags, description, required, kind, choices }: AdminOption): Option {
  const option = new Option(flags, description).makeOptionMandatory(required);
  if (choices !== undefined) option.choices(choices);
  if (kind === 'number') option.argParser(readNumber);
  if (kind === 'list') option.argParser((value, earlier: readonly string[] = []) => [...earlier, value]);
  return option;
}

async function inputOf(command: AdminCommand, values: Values, { readInput }: AdminSurroundings): Promise<Values> {
  const input: Record<string, unknown> = {};
  for (const option of command.options) {
    const value = values[commandLineOption(option).attributeName()];
    if (value === undefined) continue;
    if (option.kind === 'switch') input[option.key] = value === 'true';
    else input[option.key] = option.kind === 'secret' && value === '-' ? (await readInput()).trim() : value;
  }
  return input;
}

function refusal(answer: AdminAnswer & { ok: false }, command: AdminCommand): string {
  const { detail, fields = {} } = answer.error;
  const flagOf = (field: string) => command.options.find(({ key }) => key === field)?.flags.split(' ')[0] ?? field;
  const lines = Object.entries(fields).flatMap(([field, messages]) =>
    messages.map((text) => `${flagOf(field)}: ${text}`),
  );
  return (
    [...(detail === undefined ? [] : [detail]), ...lines].join('\n') || `refused with status ${answer.error.status}`
  );
}

function examples(of: readonly AdminCommand[]): string {
  const lines = of.map(({ example }) => `  npm run admin -- ${example}`);
  return `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.join('\n')}`;
}

function readNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
