import { type MessagePlace, type Slack, SlackRefusedError } from '../slack/index.ts';
import type { ComposedMessage } from './compose-message.ts';
import type { ShownChart } from './incident-message.ts';

/** Slack's words for blocks that it cannot show, the last below a link; with a picture of its own, that picture is the reason. */
const cannotBeShown: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_attachments',
  'cannot_parse_attachment',
]);

/** Whether Slack refused a message for what stands in its blocks: a file that it does not know yet, or no more. */
export function isUnshownFile(error: unknown): boolean {
  return error instanceof SlackRefusedError && cannotBeShown.has(error.slackError);
}

/**
 * Brings a message up to date, with its picture; without it when Slack has that no more: somebody may have deleted the file.
 * @throws SlackRefusedError, SlackBusyError, SlackUncertainError
 */
export async function changeMessage(
  { slack }: { readonly slack: Slack },
  teamId: string,
  {
    place,
    message,
    chart,
  }: { readonly place: MessagePlace; readonly message: ComposedMessage; readonly chart?: ShownChart | undefined },
): Promise<void> {
  try {
    await slack.updateMessage(teamId, place, message({ chart }));
  } catch (error) {
    if (chart === undefined || !isUnshownFile(error)) throw error;
    await slack.updateMessage(teamId, place, message());
  }
}
