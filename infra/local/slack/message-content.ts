import * as z from 'zod';
import { messageLimits } from './block-limits.ts';
import type { CallArguments } from './call-arguments.ts';
import type { MessageContent, MessageMetadata } from './message-store.ts';
import { Refusal } from './refusal.ts';
import { type Attachment, validateAttachments } from './validate-attachments.ts';
import { validateBlocks } from './validate-blocks.ts';

const metadataSchema = z.object({ event_type: z.string().min(1), event_payload: z.record(z.string(), z.unknown()) });

/** What a new message says. Throws every refusal that Slack has for a message's content. */
export function readContent(args: CallArguments): MessageContent {
  const content = readGivenContent(args);
  const { text, blocks = [], attachments = [], metadata } = content;
  const message = {
    text: text ?? '',
    ...(blocks.length > 0 && { blocks }),
    ...(attachments.length > 0 && { attachments }),
    ...(metadata && { metadata }),
  };
  if (message.text.length > messageLimits.postedTextCharacters) throw new Refusal('msg_too_long');
  return requireSomething(message);
}

/**
 * What a message says after a change: what is not given stays, and an empty list takes away (python-slack-sdk 523:
 * a new text alone keeps the old blocks).
 */
export function readChangedContent(args: CallArguments, before: MessageContent): MessageContent {
  const given = readGivenContent(args);
  if ((given.text?.length ?? 0) > messageLimits.updatedTextCharacters) throw new Refusal('msg_too_long');
  const blocks = given.blocks ?? before.blocks ?? [];
  const attachments = given.attachments ?? before.attachments ?? [];
  const metadata = given.metadata === undefined ? before.metadata : (given.metadata ?? undefined);
  const message = {
    text: given.text ?? (given.blocks === undefined ? before.text : ''),
    ...(blocks.length > 0 && { blocks }),
    ...(attachments.length > 0 && { attachments }),
    ...(metadata !== undefined && { metadata }),
  };
  if (!['text', 'blocks', 'attachments', 'metadata'].some((name) => args.has(name))) throw new Refusal('no_text');
  return requireSomething(message);
}

interface GivenContent {
  readonly text: string | undefined;
  readonly blocks?: MessageContent['blocks'];
  readonly attachments?: MessageContent['attachments'];
  /** Null takes the metadata away. */
  readonly metadata?: MessageMetadata | null;
}

function readGivenContent(args: CallArguments): GivenContent {
  const blocks = readBlocks(args);
  const attachments = readAttachments(args);
  const metadata = readMetadata(args);
  refuseTooMuch(blocks ?? [], attachments ?? []);
  return {
    text: args.text('text'),
    ...(blocks !== undefined && { blocks }),
    ...(attachments !== undefined && { attachments }),
    ...(metadata !== undefined && { metadata }),
  };
}

function readBlocks(args: CallArguments): MessageContent['blocks'] {
  const value = args.structure('blocks', 'invalid_blocks_format');
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new Refusal('invalid_blocks_format');
  const check = validateBlocks(value, '/blocks');
  if ('problems' in check) throw new Refusal('invalid_blocks', check.problems);
  return check.blocks;
}

function readAttachments(args: CallArguments): readonly Attachment[] | undefined {
  const value = args.structure('attachments', 'invalid_attachments');
  return value === undefined ? undefined : validateAttachments(value);
}

function readMetadata(args: CallArguments): MessageMetadata | null | undefined {
  const value = args.structure('metadata', 'invalid_metadata_format');
  if (value === undefined) return undefined;
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return null;
  const parsed = metadataSchema.safeParse(value);
  if (!parsed.success) throw new Refusal('invalid_metadata_format');
  return parsed.data;
}

/** Throws `msg_blocks_too_long` for blocks that are too large together. */
export function refuseTooMuch(blocks: readonly unknown[], attachments: readonly Attachment[]): void {
  const all = [...blocks, ...attachments.flatMap((attachment) => attachment.blocks ?? [])];
  if (all.length > 0 && JSON.stringify(all).length > messageLimits.allBlocksCharacters) {
    throw new Refusal('msg_blocks_too_long');
  }
}

function requireSomething<Content extends MessageContent>(content: Content): Content {
  const attached = (content.attachments ?? []).some((attachment) => Object.keys(attachment).length > 0);
  if (content.text.trim() === '' && content.blocks === undefined && !attached) throw new Refusal('no_text');
  return content;
}
