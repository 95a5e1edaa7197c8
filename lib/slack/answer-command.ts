import type { KnownBlock } from '@slack/types';
import type { App } from '../platform/app.ts';
import { ForbiddenError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { answerLinkCommand } from './answer-link-command.ts';
import { type CommandSurroundings, docsBlocks, helpBlocks, supportBlocks } from './help-blocks.ts';
import { messages } from './messages.ts';
import { type Command, parseCommand } from './parse-command.ts';
import type { CommandPlace } from './situation.ts';
import { isSlackId } from './slack-id.ts';
import type { LinkApp } from './slack-link.ts';
import { workspaceLookup } from './workspace-store.ts';

/** What Slack shows to the one who typed the command. */
export type CommandReply =
  | { readonly blocks: readonly KnownBlock[] }
  | { readonly response_type: 'ephemeral'; readonly replace_original: false; readonly text: string };

/** What answering a command takes. */
export type CommandApp = Pick<App, 'table' | 'metrics'> & LinkApp & { readonly surroundings: CommandSurroundings };

/** A line that was typed, with where, and where Slack takes more to say about it. */
export interface TypedCommand extends CommandPlace {
  readonly text: string;
  readonly responseUrl?: string | undefined;
}

/** Commands are counted below this name; those that link, by what comes of them. */
const commandCounter = 'integrations.slack.commands_endpoint.success';

/**
 * Answers a command that was typed in a workspace, as a slash command or to the bot. One read of the table, unless somebody is
 * about to be refused for want of a role.
 * @throws ForbiddenError when the workspace is unknown or switched off.
 */
export async function answerCommand(
  app: CommandApp,
  { text: line, responseUrl, ...place }: TypedCommand,
): Promise<CommandReply> {
  const command = parseCommand(line);
  if ('subject' in command) {
    const { text } = await answerLinkCommand(app, { command, place, responseUrl });
    return { response_type: 'ephemeral', replace_original: false, text };
  }
  await requireWorkspace(app, place.teamId);
  app.metrics.count(`${commandCounter}.${command.name}`);
  return { blocks: blocksFor(command, app.surroundings) };
}

async function requireWorkspace(app: Pick<App, 'table'>, teamId: string): Promise<void> {
  const [workspace] = isSlackId(teamId) ? await lookUp(app.table, [workspaceLookup(teamId)]) : [];
  if (workspace?.status !== 'active') throw new ForbiddenError(messages.workspaceGone);
}

function blocksFor(
  command: Exclude<Command, { readonly subject: unknown }>,
  surroundings: CommandSurroundings,
): KnownBlock[] {
  switch (command.name) {
    case 'help':
      return helpBlocks(surroundings);
    case 'docs':
      return docsBlocks(surroundings);
    case 'support':
      return supportBlocks(surroundings);
    case 'unknown':
      return helpBlocks(surroundings, command.text);
  }
}
