import * as z from 'zod';
import { type Check, type Checks, check, forms } from './checks.ts';
import { holds, same } from './compare.ts';
import { releaseCommits, storedRelease } from './look.ts';

const exactly = (key: string): Check => check(z.unknown(), ({ facts }, expected) => same(facts[key], expected));
const atLeast = (key: string): Check => check(z.unknown(), ({ facts }, expected) => holds(facts[key], expected));

/** What is known without looking any further. */
export const factChecks: Checks = {
  valid: exactly('valid'),
  result: exactly('result'),
  error: exactly('error'),
  referenced_short_ids: exactly('referenced_short_ids'),
  resolved_after_each: exactly('resolved_after_each'),
  release_commits_after: exactly('release_commits_after'),
  versionInfo: exactly('versionInfo'),
  stored: atLeast('stored'),
  /** What the other system does is told, and no measure for us … */
  upstream: check(forms.text, () => {}),
  /** … that is what would be safe: a status first, and words that say what it leads to. */
  safe: check(forms.text, async ({ answers, world, version }, expected) => {
    const wanted = /^\d{3}/.exec(expected)?.[0];
    for (const { status } of answers) {
      if (wanted === undefined) same(status < 400, true);
      else same(status, Number(wanted));
    }
    if (!expected.includes('cleared')) return;
    same(await releaseCommits(world, version), []);
    same((await storedRelease(world, version))?.heads, {});
  }),
};
