import * as z from 'zod';
import { blockLimits as limits } from './block-limits.ts';

const text = (max: number) => z.string().min(1).max(max);

const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(max), emoji: z.boolean().optional() });

const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(max), verbatim: z.boolean().optional() });

const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

const address = (protocols: readonly string[]) =>
  text(limits.urlCharacters).refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `not an address that starts with ${protocols.join(', ')}`,
  });

const webAddress = address(['http:', 'https:']);
const linkAddress = address(['http:', 'https:', 'mailto:', 'slack:', 'tel:']);

const imageSource = {
  alt_text: text(limits.altTextCharacters),
  image_url: webAddress.optional(),
  slack_file: z
    .union([z.strictObject({ id: text(255) }), z.strictObject({ url: webAddress })], {
      error: 'either an id or a url of a file, not both',
    })
    .optional(),
};

const oneSource = (image: { image_url?: unknown; slack_file?: unknown }) =>
  (image.image_url === undefined) !== (image.slack_file === undefined);
const oneSourceError = { error: 'either image_url or slack_file' };

const blockId = { block_id: z.string().max(limits.blockIdCharacters).optional() };
const colour = z.enum(['primary', 'danger']).optional();

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(limits.buttonTextCharacters),
  action_id: z.string().max(limits.actionIdCharacters).optional(),
  url: linkAddress.optional(),
  value: z.string().max(limits.buttonValueCharacters).optional(),
  style: colour,
  accessibility_label: z.string().max(limits.accessibilityLabelCharacters).optional(),
  confirm: z
    .strictObject({
      title: plainText(limits.confirmTitleCharacters).optional(),
      text: anyText(limits.confirmTextCharacters),
      confirm: plainText(limits.confirmButtonCharacters).optional(),
      deny: plainText(limits.confirmButtonCharacters).optional(),
      style: colour,
    })
    .optional(),
});

const imageElement = z.strictObject({ type: z.literal('image'), ...imageSource }).refine(oneSource, oneSourceError);

/** The layout blocks that the stand-in draws; it refuses any other kind rather than showing nothing. */
export const blockSchema = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('section'),
      ...blockId,
      text: anyText(limits.sectionTextCharacters).optional(),
      fields: z.array(anyText(limits.fieldTextCharacters)).min(1).max(limits.sectionFields).optional(),
      accessory: z.discriminatedUnion('type', [button, imageElement]).optional(),
      expand: z.boolean().optional(),
    })
    .refine((section) => section.text !== undefined || section.fields !== undefined, {
      error: 'a section needs text or fields',
    }),
  z.strictObject({ type: z.literal('header'), ...blockId, text: plainText(limits.headerCharacters) }),
  z.strictObject({ type: z.literal('divider'), ...blockId }),
  z.strictObject({
    type: z.literal('context'),
    ...blockId,
    elements: z
      .array(
        z.discriminatedUnion('type', [
          plainText(limits.textObjectCharacters),
          mrkdwn(limits.textObjectCharacters),
          imageElement,
        ]),
      )
      .min(1)
      .max(limits.contextElements),
  }),
  z
    .strictObject({
      type: z.literal('image'),
      ...blockId,
      ...imageSource,
      title: plainText(limits.imageTitleCharacters).optional(),
    })
    .refine(oneSource, oneSourceError),
  z.strictObject({
    type: z.literal('actions'),
    ...blockId,
    elements: z
      .array(z.discriminatedUnion('type', [button]))
      .min(1)
      .max(limits.actionsElements),
  }),
]);

/** A layout block that passed the schema. */
export type Block = z.infer<typeof blockSchema>;
/** A text object, plain or mrkdwn. */
export type TextObject = z.infer<ReturnType<typeof anyText>>;
/** A button of an actions block or beside a section. */
export type Button = z.infer<typeof button>;
/** What says where an image comes from: a web address or a file uploaded to the workspace. */
export type ImageSource = z.infer<typeof imageElement>;
