import type { KnownBlock } from '@slack/types';
import type { App } from '../platform/app.ts';
import { ForbiddenError } from '../platform/errors.ts';
import { type CommandSurroundings, docsBlocks, helpBlocks, supportBlocks } from './help-blocks.ts';
import { messages } from './messages.ts';
import { type Command, parseCommand } from './parse-command.ts';
import { findWorkspace } from './workspaces.ts';

/** What Slack shows to the one who typed the command. */
export type CommandReply =
  | { readonly blocks: readonly KnownBlock[] }
  | { readonly response_type: 'ephemeral'; readonly replace_original: false; readonly text: string };

/** Commands are counted below these names, failures of the endpoint by the door. */
const commandCounter = 'integrations.slack.commands_endpoint.success';
const failedCommandCounter = 'integrations.slack.commands_endpoint.failure';

/**
 * Answers a slash command that was typed in the workspace `teamId`.
 * @throws ForbiddenError when the workspace is unknown or switched off.
 */
export async function answerCommand(
  app: Pick<App, 'table' | 'metrics'> & { readonly surroundings: CommandSurroundings },
  input: { readonly teamId: string; readonly text: string },
): Promise<CommandReply> {
  const workspace = await findWorkspace(app, input.teamId);
  if (workspace?.status !== 'active') throw new ForbiddenError('This Slack workspace is not connected.');
  const command = parseCommand(input.text);
  app.metrics.count(counterOf(command));
  return reply(command, app.surroundings);
}

function reply(command: Command, surroundings: CommandSurroundings): CommandReply {
  switch (command.name) {
    case 'help':
      return { blocks: helpBlocks(surroundings) };
    case 'docs':
      return { blocks: docsBlocks(surroundings) };
    case 'support':
      return { blocks: supportBlocks(surroundings) };
    case 'unknown':
      return { blocks: helpBlocks(surroundings, command.text) };
    case 'link':
    case 'unlink': {
      const name = command.subject === 'team' ? `${command.name} team` : command.name;
      return { response_type: 'ephemeral', replace_original: false, text: messages.notBuiltYet(name) };
    }
  }
}

/** What is not built yet is no success. */
function counterOf(command: Command): string {
  if (!('subject' in command)) return `${commandCounter}.${command.name}`;
  return `${failedCommandCounter}.${command.name}_${command.subject}.not_built_yet`;
}
