import { attachmentPrefix, withIds } from '../block-ids.ts';
import type { Attachment } from '../validate-attachments.ts';
import { safeImage, safeLink } from './address.ts';
import { renderBlocks } from './block.ts';
import { formatDateTokens } from './date-token.ts';
import { type Markup, type MarkupValue, markup } from './markup.ts';
import { renderMrkdwn, renderPlainText } from './mrkdwn.ts';
import type { View } from './view.ts';

const namedColours: Readonly<Record<string, string>> = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };

/** A secondary attachment with its colour bar: blocks, or the fields of the older kind. */
export function renderAttachment(attachment: Attachment, view: View, at: { ts: string; place: number }): Markup {
  const { blocks, pretext, image_url, thumb_url } = attachment;
  const thumb = safeImage(thumb_url);
  // The bar's colour is an attribute of SVG because the page's policy allows no style attributes.
  const bar = markup`<svg class="bar" aria-hidden="true"><rect width="4" height="100%" rx="2" ${fill(attachment.color)}/></svg>`;
  const image = safeImage(image_url);
  return markup`${pretext && markup`<div class="text pretext">${renderMrkdwn(pretext, view)}</div>`}
    <div class="attachment">${bar}<div class="attachment-body">
      ${blocks?.length ? renderBlocks(withIds(blocks, attachmentPrefix(at.place)), view, at.ts) : renderOldFields(attachment, view)}
      ${image && markup`<img class="attached" src="${image}" alt="${attachment.fallback ?? 'Attached image'}">`}
      ${renderFooter(attachment, view)}
    </div>${thumb && markup`<img class="thumb" src="${thumb}" alt="">`}</div>`;
}

function fill(color: string | undefined): MarkupValue {
  const hex = namedColours[color ?? ''] ?? color?.replace(/^#?/, '#') ?? '';
  return /^#([0-9a-f]{3}){1,2}$/i.test(hex) ? markup`fill="${hex}"` : markup`class="plain"`;
}

function renderOldFields(attachment: Attachment, view: View): MarkupValue {
  const { author_name, author_link, title, title_link, text, fields } = attachment;
  return [
    author_name && markup`<div class="author">${linked(author_link, author_name)}</div>`,
    title && markup`<div class="title">${linked(title_link, renderPlainText({ text: title }))}</div>`,
    text && markup`<div class="text">${renderMrkdwn(text, view)}</div>`,
    fields &&
      markup`<div class="fields">${fields.map(
        (field) => markup`<div class="${field.short ? 'text' : 'text wide'}">
          <strong>${field.title}</strong><br>${field.value && renderMrkdwn(field.value, view)}
        </div>`,
      )}</div>`,
  ];
}

function renderFooter({ footer, ts, blocks }: Attachment, view: View): MarkupValue {
  if (footer === undefined || blocks?.length) return undefined;
  const seconds = Number(ts);
  const when =
    ts !== undefined && Number.isFinite(seconds)
      ? ` | ${formatDateTokens('{date_short_pretty} at {time}', seconds, view)}`
      : '';
  return markup`<div class="footer">${footer}${when}</div>`;
}

function linked(address: string | undefined, content: MarkupValue): MarkupValue {
  const target = safeLink(address);
  if (target === undefined) return content;
  return markup`<a href="${target}" target="_blank" rel="noreferrer noopener">${content}</a>`;
}
