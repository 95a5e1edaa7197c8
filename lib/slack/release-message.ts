import { releaseMessages as words } from './messages.ts';
import { dateToken, linkAddress, outside, section } from './outside-text.ts';
import type { MessageBox, SlackMessage } from './slack-message.ts';

/** What is shown of a release. Nothing of it is escaped yet. */
export interface ReleaseCard {
  readonly version: string;
  readonly link: string;
  readonly projects: readonly string[];
  /** ISO time: when it was released, or else when it was made. */
  readonly date: string;
  readonly isReleased: boolean;
  readonly commits: number;
  /** Names or addresses. */
  readonly authors: readonly string[];
  /** The deploy that finished last. */
  readonly deploy?: { readonly environment: string; readonly date: string } | undefined;
}

/** Somebody's commits have come somewhere. */
export interface DeployNote {
  readonly version: string;
  readonly link: string;
  readonly environment: string;
  readonly projects: readonly string[];
  readonly deployLink?: string | undefined;
}

/** Characters after escaping; a test builds the longest card. */
const longest = { version: 120, name: 64 } as const;
const namedAtMost = 5;
const color = '#6C5FC7';

/** The card of a release as a box: what a link to it unfurls to. */
export function releaseCard(card: ReleaseCard): MessageBox {
  const version = outside(card.version, longest.version);
  const fields = [
    words.projects(named(card.projects)),
    words.commits(card.commits),
    card.isReleased ? words.released(dateToken(card.date)) : words.created(dateToken(card.date)),
    ...(card.authors.length > 0 ? [words.authors(named(card.authors))] : []),
    ...(card.deploy ? [words.deploy(outside(card.deploy.environment, longest.name), dateToken(card.deploy.date))] : []),
  ];
  return {
    color,
    fallback: words.fallback(version, card.commits),
    blocks: [
      section(words.heading(linkAddress(card.link), version)),
      { type: 'section', fields: fields.map((text) => ({ type: 'mrkdwn', text })) },
    ],
  };
}

/** Tells somebody that a release with commits of theirs was deployed. */
export function deployMessage(note: DeployNote): SlackMessage {
  const version = outside(note.version, longest.version);
  const environment = outside(note.environment, longest.name);
  const projects = words.projects(named(note.projects));
  const more = note.deployLink === undefined ? '' : `\n${words.deployLink(linkAddress(note.deployLink))}`;
  return {
    text: words.deployed(linkAddress(note.link), version, environment),
    box: { color, fallback: words.deployedFallback(version, environment), blocks: [section(`${projects}${more}`)] },
  };
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, namedAtMost).map((name) => outside(name, longest.name));
  const further = names.length - shown.length;
  return further > 0 ? words.andMore(shown.join(', '), further) : shown.join(', ');
}
