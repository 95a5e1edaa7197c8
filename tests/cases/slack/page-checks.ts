import { AssertionError } from 'node:assert/strict';
import * as z from 'zod';
import { pageMessages } from '../../../functions/pages/messages.ts';
import { same } from '../releases/compare.ts';
import { type Checks, check } from './checks.ts';
import type { Judged } from './happening.ts';

const { linkPages: texts, titlesByReason } = pageMessages;

/** What they call a page, and how ours begins that says the same. */
const headings: readonly (readonly [theirs: RegExp, ours: readonly (string | undefined)[]])[] = [
  [/^linked|identity linked/i, [texts.linkedUserTitle]],
  [/^unlinked|identity unlinked/i, [texts.unlinkedUserTitle]],
  [/^team linked/i, [texts.linkedTeamTitle, texts.movedTeamTitle]],
  [/^team unlinked/i, [texts.unlinkedTeamTitle]],
  [/^already linked/i, [texts.alreadyLinkedTitle]],
  [/^nothing to unlink/i, [texts.notLinkedTitle]],
  [/expired/i, [titlesByReason['expired']]],
];

/** Pages that ask; what they ask for names a channel or a team. */
const questions = /\?$/;

/** What a page said. */
export const pageChecks: Checks = {
  page: check(z.union([z.string(), z.strictObject({ heading: z.string() })]), (judged, expected) => {
    const theirs = typeof expected === 'string' ? expected : expected.heading;
    const ours = headingOf(judged);
    const known = headings.find(([heading]) => heading.test(theirs));
    const isSame = known === undefined ? /confirm/i.test(theirs) && questions.test(ours) : known[1].includes(ours);
    if (!isSame) throw new AssertionError({ actual: ours, expected: theirs, message: 'another page' });
  }),
  page_text: check(z.string(), refusalPage),
  page_text_contains: check(z.string(), refusalPage),
};

/** Theirs say the status and a sentence; ours has that status, a heading, and says what to do. */
function refusalPage(judged: Judged, expected: string): void {
  const status = /^HTTP (\d{3})/.exec(expected)?.[1];
  if (status === undefined) throw new Error(`it is not known which page of ours says ${JSON.stringify(expected)}`);
  same(judged.answers.at(-1)?.status, Number(status));
  const text = judged.answers.at(-1)?.body.match(/<p>[^<]+<\/p>/)?.[0] ?? '';
  if (headingOf(judged) === '' || text === '') {
    throw new AssertionError({ actual: judged.answers.at(-1)?.body, expected, message: 'a page that says nothing' });
  }
}

function headingOf({ answers }: Judged): string {
  const found = /<h1[^>]*>(.*?)<\/h1>/s.exec(answers.at(-1)?.body ?? '')?.[1] ?? '';
  return found.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&').trim();
}
