import * as z from 'zod';
import { BadRequestError } from '../../lib/platform/errors.ts';
import { parseForm } from '../../lib/slack/index.ts';
import type { BodyReader } from '../middleware/http-body.ts';

const id = z.string().regex(/^[\w-]{1,64}$/);
const timestamp = z.string().regex(/^\d{1,12}\.\d{1,9}$/);
const address = z.string().max(3_000);

/** Pressed buttons, with where they stand. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const blockActions = z.object({
  type: z.literal('block_actions'),
  team: z.object({ id }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
  response_url: address.optional(),
  container: z
    .object({
      channel_id: id.optional(),
      message_ts: timestamp.optional(),
      thread_ts: timestamp.optional(),
      is_ephemeral: z.boolean().optional(),
      is_app_unfurl: z.boolean().optional(),
      app_unfurl_url: address.optional(),
    })
    .optional(),
  message: z.object({ thread_ts: timestamp.optional() }).nullish(),
  actions: z
    .array(z.object({ action_id: z.string().max(255), value: z.string().max(2_000).optional() }))
    .min(1)
    .max(25),
});

/** Other things that people do in Slack; we have none of them, and say thank you all the same. */
const anythingElse = z.object({ type: z.string().refine((type) => type !== 'block_actions') });

/** What Slack sends when somebody does something with a message. */
export const pressPayload = z.union([blockActions, anythingElse]);

/** What Slack sends when somebody does something with a message. */
export type PressPayload = z.infer<typeof pressPayload>;

/** Buttons that were pressed. */
export type PressedButtons = z.infer<typeof blockActions>;

/** JSON in the field `payload` of a form. @throws BadRequestError */
export const readPayload: BodyReader = ({ body }) => {
  const { payload } = parseForm(body) as { readonly payload?: string };
  if (payload === undefined) throw new BadRequestError('The form has no payload.');
  try {
    return JSON.parse(payload) as unknown;
  } catch (cause) {
    throw new BadRequestError('The payload is not JSON.', { cause });
  }
};
