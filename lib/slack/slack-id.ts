import * as z from 'zod';

/** The id of a workspace, a channel or a user in Slack: short, and without the signs that our keys are divided by. */
export const slackId = z.string().regex(/^[\w-]{1,64}$/, 'This is not an id of Slack.');

/** Whether something can be an id of Slack; nothing is looked up under what cannot. */
export function isSlackId(text: string | undefined): text is string {
  return slackId.safeParse(text).success;
}
