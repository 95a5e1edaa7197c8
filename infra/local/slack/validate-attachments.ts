import * as z from 'zod';
import { messageLimits } from './block-limits.ts';
import type { Block } from './block-schema.ts';
import { Refusal } from './refusal.ts';
import { problemsOf, validateBlocks } from './validate-blocks.ts';

const colour = z
  .string()
  .regex(/^(good|warning|danger|#?[0-9a-f]{3}|#?[0-9a-f]{6})$/i, { error: 'good, warning, danger or a hex colour' });

const attachmentSchema = z.looseObject({
  color: colour.optional(),
  fallback: z.string().optional(),
  pretext: z.string().optional(),
  author_name: z.string().optional(),
  author_link: z.string().optional(),
  title: z.string().optional(),
  title_link: z.string().optional(),
  text: z.string().optional(),
  fields: z
    .array(z.looseObject({ title: z.string().optional(), value: z.string().optional(), short: z.boolean().optional() }))
    .optional(),
  image_url: z.string().optional(),
  thumb_url: z.string().optional(),
  footer: z.string().max(messageLimits.attachmentFooterCharacters).optional(),
  ts: z.union([z.string(), z.number()]).optional(),
  mrkdwn_in: z.array(z.string()).optional(),
  blocks: z.array(z.unknown()).optional(),
  from_url: z.string().optional(),
  is_app_unfurl: z.boolean().optional(),
});

type Shown = Pick<z.infer<typeof attachmentSchema>, ShownKey>;
type ShownKey = Exclude<keyof typeof attachmentSchema.shape, 'blocks'>;

/** A secondary attachment that passed the checks; what else it was sent with is kept, though nothing looks at it. */
export interface Attachment extends Shown {
  readonly blocks?: readonly Block[];
}

// An attachment with blocks takes no field of the older kind beside them (slack-go/slack 826, node-slack-sdk 1112).
const besideBlocks = new Set(['blocks', 'color', 'fallback', 'preview', 'id', 'from_url', 'is_app_unfurl']);

/** Checks the attachments of a message. Throws `too_many_attachments` or `invalid_attachments`. */
export function validateAttachments(value: unknown, pointer = '/attachments'): Attachment[] {
  if (!Array.isArray(value)) throw new Refusal('invalid_attachments', [`not a list [json-pointer:${pointer}]`]);
  if (value.length > messageLimits.attachments) throw new Refusal('too_many_attachments');
  return value.map((attachment: unknown, index) => validateAttachment(attachment, `${pointer}/${index}`));
}

/** Checks one attachment. Throws `invalid_attachments`. */
export function validateAttachment(value: unknown, pointer: string): Attachment {
  const parsed = attachmentSchema.safeParse(value);
  if (!parsed.success) throw new Refusal('invalid_attachments', problemsOf(parsed.error, value, pointer));
  const { blocks, ...rest } = parsed.data;
  if (blocks === undefined) return rest;
  const extra = Object.keys(rest).filter((key) => !besideBlocks.has(key));
  if (blocks.length > 0 && extra.length > 0) {
    throw new Refusal('invalid_attachments', [
      `not allowed beside blocks: ${extra.join(', ')} [json-pointer:${pointer}]`,
    ]);
  }
  const check = validateBlocks(blocks, `${pointer}/blocks`);
  if ('problems' in check) throw new Refusal('invalid_attachments', check.problems);
  return { ...rest, blocks: check.blocks };
}
