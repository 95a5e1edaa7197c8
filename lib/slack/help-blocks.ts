import type { KnownBlock } from '@slack/types';
import { cutText, escapeMrkdwn } from './escape-mrkdwn.ts';
import { installUrl } from './install-urls.ts';
import { commandDescriptions, messages } from './messages.ts';

/** Where the texts point to: the command's name and the addresses for people. */
export interface CommandSurroundings {
  /** With its slash, such as `/postflow`. */
  readonly command: string;
  readonly docsUrl: string;
  readonly supportUrl: string;
}

/** Leaves room for the sentence around it in a section. */
const longestQuote = 200;

/** The list of commands; `unknown` is what was typed when it was none of them. */
export function helpBlocks(surroundings: CommandSurroundings, unknown?: string): KnownBlock[] {
  const { command, docsUrl, supportUrl } = surroundings;
  const { anywhere, inChannels, forHelp } = commandDescriptions;
  return [
    ...(unknown === undefined ? [] : [section(messages.unknownCommand(quote(unknown)))]),
    section(messages.helpHeader(command)),
    section(messages.anywhere),
    section(listed(command, anywhere)),
    section(messages.inChannels),
    section(listed(command, inChannels)),
    section(messages.forHelp),
    section(messages.answersArePrivate),
    section(listed(command, forHelp)),
    section(messages.contactHeader),
    section(messages.contact(supportUrl)),
    { type: 'divider' },
    section(messages.docs(docsUrl)),
  ];
}

/** Where the documentation is. */
export function docsBlocks({ docsUrl }: CommandSurroundings): KnownBlock[] {
  return [section(messages.docs(docsUrl))];
}

/** How to reach help. */
export function supportBlocks({ supportUrl }: CommandSurroundings): KnownBlock[] {
  return [section(messages.support(supportUrl))];
}

/** For a workspace that we do not know, or no longer. */
export function disconnectedBlocks(
  { docsUrl }: CommandSurroundings,
  { publicUrl }: { readonly publicUrl: string },
): KnownBlock[] {
  return [
    section(messages.disconnected(installUrl(publicUrl))),
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: { type: 'plain_text', text: messages.docsButton },
          value: 'postflow_docs_link_clicked',
          url: docsUrl,
        },
      ],
    },
  ];
}

function listed(command: string, descriptions: Readonly<Record<string, string>>): string {
  return Object.entries(descriptions)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, description]) => messages.commandLine(command, name, description))
    .join('\n');
}

function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** What somebody typed, harmless inside a code span: it can neither end the span nor mention anybody. */
function quote(text: string): string {
  return escapeMrkdwn(cutText(text.replaceAll('`', "'"), longestQuote));
}
