import { type Node, NodeType, parse } from 'slack-message-parser';
import { safeLink } from './address.ts';
import { formatDateTokens } from './date-token.ts';
import { emojiFor, withEmoji } from './emoji.ts';
import { type Markup, type MarkupValue, markup } from './markup.ts';
import { type View, viewAddress } from './view.ts';

// The parser calls itself once a line of a quote: a text of more lines than this is shown without markup.
const mostLines = 500;

/** Slack's own markup as HTML. */
export function renderMrkdwn(text: string, view: View): Markup {
  if (text.split('\n').length > mostLines) return renderLines(unescaped(text));
  return markup`${renderAll(parse(prepare(text)).children, view)}`;
}

/** A plain text object: no markup, only line breaks and, unless it says otherwise, emoji. */
export function renderPlainText({
  text,
  emoji = true,
}: {
  readonly text: string;
  readonly emoji?: boolean | undefined;
}): Markup {
  return renderLines(emoji ? withEmoji(text) : text);
}

function renderNode(node: Node, view: View): MarkupValue {
  switch (node.type) {
    case NodeType.Text:
      return linkAddresses(unescaped(node.text));
    case NodeType.Bold:
      return markup`<strong>${renderAll(node.children, view)}</strong>`;
    case NodeType.Italic:
      return markup`<em>${renderAll(node.children, view)}</em>`;
    case NodeType.Strike:
      return markup`<s>${renderAll(node.children, view)}</s>`;
    case NodeType.Quote:
      return markup`<blockquote>${renderAll(node.children, view)}</blockquote>`;
    case NodeType.Code:
      return markup`<code>${unescaped(node.text)}</code>`;
    case NodeType.PreText:
      return markup`<pre><code>${unescaped(node.text).replace(/^\n|\n$/g, '')}</code></pre>`;
    case NodeType.Emoji:
      return emojiFor(node.name) ?? node.source;
    case NodeType.URL:
      return renderLink(node, view);
    case NodeType.UserLink:
      return markup`<span class="mention">@${view.workspace.user(node.userID)?.name ?? botOr(node.userID, view)}</span>`;
    case NodeType.ChannelLink:
      return renderChannel(node.channelID, view);
    case NodeType.Command:
      return renderCommand(node, view);
    case NodeType.Root:
      return renderAll(node.children, view);
  }
}

function renderAll(nodes: readonly Node[], view: View): MarkupValue {
  return nodes.map((node, index) => {
    // A block of code ends its line by itself.
    const afterCode = nodes[index - 1]?.type === NodeType.PreText && node.type === NodeType.Text;
    return renderNode(afterCode ? { ...node, text: node.text.replace(/^\n/, '') } : node, view);
  });
}

type Of<Type extends NodeType> = Extract<Node, { type: Type }>;

function renderLink({ url, label, source }: Of<NodeType.URL>, view: View): MarkupValue {
  const address = safeLink(unescaped(url));
  if (address === undefined) return renderLines(unescaped(source));
  return link(address, label === undefined ? address : renderAll(label, view));
}

function renderChannel(id: string, view: View): Markup {
  const conversation = view.workspace.conversation(id);
  if (conversation === undefined) return markup`<span class="mention">#${id}</span>`;
  return markup`<a class="mention" href="${viewAddress(view, id, view.viewer?.id)}">#${conversation.name}</a>`;
}

function renderCommand({ name, arguments: args, label, source }: Of<NodeType.Command>, view: View): MarkupValue {
  if (['channel', 'here', 'everyone'].includes(name)) return markup`<span class="mention loud">@${name}</span>`;
  if (name === 'subteam') return markup`<span class="mention">${label ? renderAll(label, view) : `@${args[0]}`}</span>`;
  const [seconds = '', format = '', address] = args;
  if (name !== 'date' || !/^\d{1,11}$/.test(seconds) || format === '') {
    return label === undefined ? unescaped(source) : renderAll(label, view);
  }
  const text = formatDateTokens(unescaped(format), Number(seconds), view);
  const iso = new Date(Number(seconds) * 1000).toISOString();
  const time = markup`<time datetime="${iso}" title="${iso}">${text}</time>`;
  const target = safeLink(address === undefined ? undefined : unescaped(address));
  return target === undefined ? time : link(target, time);
}

function botOr(id: string, { workspace }: View): string {
  return id === workspace.given.botUserId ? 'postflow' : id;
}

function link(address: string, content: MarkupValue): Markup {
  return markup`<a href="${address}" target="_blank" rel="noreferrer noopener">${content}</a>`;
}

/** Addresses that stand in a text without brackets become links too. */
function linkAddresses(text: string): MarkupValue {
  return text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/).map((part, index) => {
    const address = index % 2 === 1 ? safeLink(part) : undefined;
    return address === undefined ? renderLines(part) : link(address, part);
  });
}

function renderLines(text: string): Markup {
  return markup`${text.split('\n').map((line, index) => (index === 0 ? line : markup`<br>${line}`))}`;
}

// Slack begins and ends bold, code and so on beside any punctuation (`link`: …), the parser only beside some of it and
// white space. This white space has no width and is taken out of every text again.
const seam = '\uFEFF';

function prepare(text: string): string {
  return (
    text
      .replaceAll(seam, '')
      // A quote may begin with a bare >, which Slack escapes on arrival; the parser knows the escaped form alone.
      .replace(/^>+/gm, (marks) => '&gt;'.repeat(marks.length))
      .replace(/(?<=\S)[`*_~](?=[:;'"’”|%/&…])/g, `$&${seam}`)
      .replace(/(?<=[:;'"‘“|/])`/g, `${seam}$&`)
      .replace(/(?<=[;'"‘“|])[*_~](?=\S)/g, `${seam}$&`)
  );
}

// The three characters that Slack wants escaped; the template escapes again what they stand for.
function unescaped(text: string): string {
  return text.replaceAll(seam, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
