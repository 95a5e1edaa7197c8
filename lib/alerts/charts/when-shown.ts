import { setTimeout as delay } from 'node:timers/promises';
import { UnavailableError } from '../../platform/errors.ts';
import { isUnshownFile } from '../change-message.ts';
import { messages } from '../messages.ts';

/** Slack looks at a file for some seconds before a message may show it; https://github.com/slackapi/slack-github-action/issues/413 */
const pausesMs = [1_000, 2_000, 4_000, 8_000] as const;

/** What waiting needs of the outside world. */
export interface WaitingApp {
  /** Lets time pass; the machine's own timer by default. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/**
 * Writes a message that shows an uploaded file: until Slack has looked at the file, it refuses that.
 * @throws UnavailableError when it still does after a quarter of a minute
 */
export async function whenShown<T>({ wait = delay }: WaitingApp, write: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await write();
    } catch (error) {
      if (!isUnshownFile(error)) throw error;
      await wait(pauseMs);
    }
  }
  try {
    return await write();
  } catch (error) {
    if (!isUnshownFile(error)) throw error;
    throw new UnavailableError(messages.chartNotReady, 1, { cause: error });
  }
}
