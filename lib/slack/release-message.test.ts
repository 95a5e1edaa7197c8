import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deployMessage, type ReleaseCard, releaseCard } from './release-message.ts';
import { slackLimits } from './slack-limits.ts';

const card: ReleaseCard = {
  version: 'web@1.0',
  link: 'https://postflow.example/organizations/acme/releases/web%401.0/',
  projects: ['web', 'api'],
  date: '2026-03-02T09:00:00.000Z',
  isReleased: true,
  commits: 1_234,
  authors: ['Ada', 'Mia'],
  deploy: { environment: 'prod', date: '2026-03-02T10:00:00.000Z' },
};

/** Our own links and times; whatever `<` is left beside them came from outside. */
const ours = /<(?:https:\/\/postflow\.example[^<>|\s]*\||!date\^\d+\^[^<>|]*\|)[^<>]*>/gu;
const leftOver = (text: string): string => text.replace(ours, '');
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom('<!channel>', '<@U1>', '<https://evil.example|x>', 'a|b>', '&lt;!here&gt;', '*`_~', '\n<!here>'),
);

describe('a release', () => {
  it('says version, projects, date, commits, authors and the last deploy', () => {
    const text = JSON.stringify(releaseCard(card).blocks);
    for (const part of [
      'Release web@1.0',
      'web, api',
      '1,234',
      'Ada, Mia',
      'to prod',
      'Released',
      '2026-03-02 09:00 UTC',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('names a few and counts the rest', () => {
    const projects = Array.from({ length: 9 }, (_, index) => `p${index}`);
    expect(JSON.stringify(releaseCard({ ...card, projects }).blocks)).toContain('p4 and 4 more');
  });

  it('lets no text from outside notify, link or break out, and stays within Slack’s limits', () => {
    fc.assert(
      fc.property(hostile, hostile, (version, name) => {
        const deploy = { environment: name, date: card.date };
        const box = releaseCard({ ...card, version, projects: [name], authors: Array(9).fill(name), deploy });
        const note = deployMessage({ version, link: card.link, environment: name, projects: [name] });
        const fields = box.blocks.flatMap((block) => ('fields' in block ? (block.fields ?? []) : []));
        const sections = [...box.blocks, ...note.box.blocks].flatMap((block) =>
          block.type === 'section' && block.text ? [block.text] : [],
        );
        for (const { text } of [...fields, ...sections, { text: note.text }]) {
          expect(leftOver(text)).not.toMatch(/[<>]/u);
          expect(text.length).toBeLessThanOrEqual(2_000);
        }
        expect(JSON.stringify(box).length).toBeLessThanOrEqual(slackLimits.messageCharacters);
      }),
    );
  });
});
