import type { LinkDeed } from '../../lib/slack/index.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { donePage, type SlackPlace } from '../pages/link-pages.ts';
import { pageMessages } from '../pages/messages.ts';
import type { ToldOf } from './send-news.ts';

const texts = pageMessages.linkPages;

/** Where a link was used. */
export interface DeedPlace {
  readonly workspace: { readonly name: string };
  readonly place: SlackPlace;
}

/** Tells what a link has just done. */
export function deedPage(deed: LinkDeed, { workspace, place }: DeedPlace, news: ToldOf = {}): HttpAnswer {
  const [title, text] = wordsFor(deed, workspace.name);
  return { status: 200, html: donePage({ title, text, ...news, place }) };
}

/** Tells whom a used link belongs to what it did, and how to get a new one; as every used link it is gone. */
export function deedPageAgain(deed: LinkDeed, { workspace, place }: DeedPlace, news: ToldOf): HttpAnswer {
  const [title, text] = wordsFor(deed, workspace.name);
  return { status: 410, html: donePage({ title, text, ...news, place, used: texts.usedForThis }) };
}

function wordsFor(deed: LinkDeed, workspace: string): [title: string, text: string] {
  switch (deed.what) {
    case 'identity-linked':
      return [texts.linkedUserTitle, texts.linkedUser(workspace, deed.email)];
    case 'identity-unlinked':
      return [texts.unlinkedUserTitle, texts.unlinkedUser(workspace, deed.email)];
    case 'identity-not-linked':
      return [texts.notLinkedTitle, texts.userNotLinked];
    case 'team-linked':
      return [texts.linkedTeamTitle, texts.linkedTeam(deed.team, deed.channel)];
    case 'team-moved':
      return [texts.movedTeamTitle, texts.movedTeam(deed.team, deed.from, deed.channel)];
    case 'team-already-linked':
      return [texts.alreadyLinkedTitle, texts.alreadyLinked(deed.team, deed.channel)];
    case 'team-unlinked':
      return [texts.unlinkedTeamTitle, texts.unlinkedTeam(deed.team, deed.channel)];
    case 'team-not-linked':
      return [texts.notLinkedTitle, texts.teamNotLinked];
  }
}
