import { attachmentPrefix, withIds } from '../block-ids.ts';
import type { Block, Button } from '../block-schema.ts';
import type { MessageContent } from '../message-store.ts';

/** A button of a message, by the ids that Slack knows it by. */
export interface FoundButton {
  readonly button: Button;
  readonly blockId: string;
  readonly actionId: string;
  /** The place of the attachment that it stands in. */
  readonly attachment: number | undefined;
}

/** What a button is told by; the first that fits is meant. */
export interface ButtonSearch {
  readonly blockId?: string | undefined;
  readonly actionId?: string | undefined;
  readonly value?: string | undefined;
}

/** The button of a message that is meant, if there is one. */
export function findButton(message: MessageContent, search: ButtonSearch): FoundButton | undefined {
  return buttonsOf(message).find(
    ({ button, blockId, actionId }) =>
      (search.blockId ?? blockId) === blockId &&
      (search.actionId ?? actionId) === actionId &&
      (search.value ?? button.value) === button.value,
  );
}

function buttonsOf({ blocks = [], attachments = [] }: MessageContent): FoundButton[] {
  return [
    ...withIds(blocks, 'b').flatMap((block) => inBlock(block, undefined)),
    ...attachments.flatMap((attachment, place) =>
      withIds(attachment.blocks ?? [], attachmentPrefix(place)).flatMap((block) => inBlock(block, place)),
    ),
  ];
}

function inBlock(block: Block, attachment: number | undefined): FoundButton[] {
  const buttons: readonly Button[] =
    block.type === 'actions'
      ? block.elements
      : block.type === 'section' && block.accessory?.type === 'button'
        ? [block.accessory]
        : [];
  return buttons.map((button) => ({
    button,
    blockId: block.block_id ?? '',
    actionId: button.action_id ?? '',
    attachment,
  }));
}
