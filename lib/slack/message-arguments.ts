import type { KnownBlock, MessageAttachment } from '@slack/types';
import type { MessageBox, MessageContent } from './slack-message.ts';

/** A message as Slack's methods take it. */
export interface ContentArguments {
  readonly text: string;
  readonly blocks?: KnownBlock[];
  readonly attachments?: MessageAttachment[];
}

/** A new message as Slack takes it. */
export function contentArguments({ text, blocks, box }: MessageContent): ContentArguments {
  return { text, ...(blocks && { blocks: [...blocks] }), ...(box && { attachments: [boxArguments(box)] }) };
}

/** A changed message as Slack takes it: what it has no longer is to be said as well, or the old stays. */
export function changedContentArguments({ text, blocks = [], box }: MessageContent): Required<ContentArguments> {
  return { text, blocks: [...blocks], attachments: box === undefined ? [] : [boxArguments(box)] };
}

/** A box as Slack takes it. */
export function boxArguments({ color, fallback, blocks }: MessageBox): MessageAttachment {
  return { color, fallback, blocks: [...blocks] };
}
