import * as z from 'zod';
import { type FieldErrors, InvalidFieldsError, NotFoundError, RefusalError } from '../../lib/platform/errors.ts';
import { parseInput } from '../../lib/platform/field-errors.ts';
import { alertCommands } from './alerts.ts';
import type { AdminApp, Commands } from './command.ts';
import { issueCommands } from './issues.ts';
import { notificationSettingCommands } from './notification-settings.ts';
import { organizationCommands } from './organizations.ts';
import { projectCommands } from './projects.ts';
import { releaseCommands } from './releases.ts';
import { slackCommands } from './slack.ts';

/** Everything that an operator can have done, by name. */
export const commands: Commands = {
  ...organizationCommands,
  ...projectCommands,
  ...notificationSettingCommands,
  ...releaseCommands,
  ...issueCommands,
  ...slackCommands,
  ...alertCommands,
};

/** What became of a command. A refusal is an answer, not a failure of the function. */
export type CommandOutcome =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: { readonly status: number; readonly detail: string } }
  | { readonly ok: false; readonly error: { readonly status: number; readonly fields: FieldErrors } };

const envelope = z.strictObject({ command: z.string(), input: z.unknown().default({}) });

/** Runs the command that a payload names. Throws only what nobody foresaw. */
export async function runCommand(app: AdminApp, payload: unknown): Promise<CommandOutcome> {
  try {
    const { command: name, input } = parseInput(envelope, payload);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) {
      throw new NotFoundError(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
    }
    return { ok: true, result: await command(app, input) };
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    app.metrics.count(`admin.refused.${error.code}`);
    if (error instanceof InvalidFieldsError)
      return { ok: false, error: { status: error.status, fields: error.fields } };
    return { ok: false, error: { status: error.status, detail: error.message } };
  }
}
