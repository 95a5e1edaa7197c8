interface Block {
  readonly text?: { readonly text?: string };
  readonly fields?: readonly { readonly text: string }[];
  readonly elements?: readonly { readonly text?: string | { readonly text?: string } }[];
}

interface Message {
  readonly text?: unknown;
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly Message[];
}

/** The text of each block of a message, also of those in its boxes. */
export function blockTexts(message: Message): string[] {
  const own = (message.blocks ?? []).map(({ text, fields = [], elements = [] }) =>
    [text?.text, ...fields.map((field) => field.text), ...elements.map(textOf)].filter(Boolean).join('\n'),
  );
  return [...own, ...(message.attachments ?? []).flatMap(blockTexts)];
}

/** All that a message says: its line and its blocks. */
export function allTexts(message: Message): string[] {
  return [...(typeof message.text === 'string' ? [message.text] : []), ...blockTexts(message)];
}

function textOf({ text }: NonNullable<Block['elements']>[number]): string | undefined {
  return typeof text === 'string' ? text : text?.text;
}
