import type { Block, Button } from './block-schema.ts';

/** The blocks with the ids that Slack gives to those that came without: `prefix` and their place. */
export function withIds(blocks: readonly Block[], prefix: string): Block[] {
  return blocks.map((block, place): Block => {
    const block_id = block.block_id || `${prefix}${place}`;
    if (block.type === 'actions') return { ...block, block_id, elements: block.elements.map(withActionId) };
    if (block.type === 'section' && block.accessory?.type === 'button') {
      return { ...block, block_id, accessory: withActionId(block.accessory, 0) };
    }
    return { ...block, block_id };
  });
}

/** What the ids of blocks in an attachment begin with. */
export function attachmentPrefix(place: number): string {
  return `a${place}b`;
}

function withActionId(button: Button, place: number): Button {
  return { ...button, action_id: button.action_id || `e${place}` };
}
