import type { Block, Button, ImageSource, TextObject } from '../block-schema.ts';
import { imageAddress } from '../slack-files.ts';
import { safeImage } from './address.ts';
import { renderButton } from './button.ts';
import { type Markup, markup } from './markup.ts';
import { renderMrkdwn, renderPlainText } from './mrkdwn.ts';
import type { View } from './view.ts';

/** Layout blocks, one below the other. */
export function renderBlocks(blocks: readonly Block[], view: View, ts: string): Markup {
  return markup`${blocks.map((block) => renderBlock(block, view, ts))}`;
}

function renderBlock(block: Block, view: View, ts: string): Markup {
  const button = (one: Button) =>
    renderButton(one, { ts, blockId: block.block_id ?? '', actionId: one.action_id ?? '' }, view);
  switch (block.type) {
    case 'section':
      return markup`<div class="block section"><div class="section-body">
        ${block.text && markup`<div class="text">${renderText(block.text, view)}</div>`}
        ${
          block.fields &&
          markup`<div class="fields">${block.fields.map((field) => markup`<div class="text">${renderText(field, view)}</div>`)}</div>`
        }
      </div>${block.accessory && markup`<div class="accessory">${block.accessory.type === 'button' ? button(block.accessory) : renderImage(block.accessory, view)}</div>`}</div>`;
    case 'header':
      return markup`<h3 class="block header">${renderPlainText(block.text)}</h3>`;
    case 'divider':
      return markup`<hr class="block">`;
    case 'context':
      return markup`<div class="block context">${block.elements.map((element) =>
        element.type === 'image'
          ? renderImage(element, view)
          : markup`<span class="text">${renderText(element, view)}</span>`,
      )}</div>`;
    case 'image':
      return markup`<figure class="block image">
        ${block.title && markup`<figcaption>${renderPlainText(block.title)}</figcaption>`}${renderImage(block, view)}
      </figure>`;
    case 'actions':
      return markup`<div class="block actions">${block.elements.map(button)}</div>`;
  }
}

/** A text object. */
function renderText(text: TextObject, view: View): Markup {
  return text.type === 'mrkdwn' ? renderMrkdwn(text.text, view) : renderPlainText(text);
}

function renderImage(image: Pick<ImageSource, 'alt_text' | 'image_url' | 'slack_file'>, view: View): Markup {
  const address = safeImage(imageAddress(view.state, view.workspace.teamId, image));
  if (address === undefined) return markup`<span class="no-image">${image.alt_text}</span>`;
  return markup`<img src="${address}" alt="${image.alt_text}">`;
}
