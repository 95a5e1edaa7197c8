import * as z from 'zod';
import { requireOrganization } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import { parseInput } from '../../lib/platform/field-errors.ts';
import type { DeletionApp } from '../../lib/projects/index.ts';
import type { SlackOauthOptions } from '../../lib/slack/index.ts';

/** What the use cases of operators are given. */
export type AdminApp = Pick<App, 'table' | 'ids' | 'clock' | 'log' | 'metrics'> &
  DeletionApp & {
    readonly publicUrl: string;
    readonly tokenEncryptionKey: string;
    /** Where a bot token is given back. */
    readonly slackOauth: SlackOauthOptions;
  };

/** Something that an operator can have done. */
export type Command = (app: AdminApp, input: unknown) => Promise<unknown>;

/** A command with its name, `<noun>.<verb>`. */
export type Commands = Readonly<Record<string, Command>>;

/** An input that names an organization and nothing else. */
export const inOrganization = z.strictObject({ organization: z.string() });

/**
 * Makes a command of a use case. When its input names an organization, that organization has to exist: the use cases
 * rely on it, as those behind HTTP rely on the caller's token.
 */
export function command<S extends z.ZodType>(
  schema: S,
  useCase: (app: AdminApp, input: z.infer<S>) => Promise<unknown>,
): Command {
  return async (app, sent) => {
    const input = parseInput(schema, sent);
    const named = z.object({ organization: z.string() }).safeParse(input);
    if (named.success) await requireOrganization(app, named.data.organization);
    return useCase(app, input);
  };
}
