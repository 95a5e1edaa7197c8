import * as z from 'zod';
import type { ApiAnswer } from '../../support/api.ts';
import { type Checks, check, forms } from './checks.ts';
import { holds, inOrder, same, sameMembers } from './compare.ts';
import type { Judged } from './happening.ts';
import { refusedAs } from './texts.ts';

const versionLists = z.array(z.union([forms.texts, z.null()]));

/** What the API answered. */
export const answerChecks: Checks = {
  status: check(forms.count, ({ answers }, expected) => same(answers.at(-1)?.status, expected)),
  statuses: check(z.array(forms.count), ({ answers }, expected) =>
    same(
      answers.map(({ status }) => status),
      expected,
    ),
  ),
  /** Decisions of ours that say only that it works. */
  succeeds: check(z.literal(true), ({ answers }) =>
    same(
      answers.map(({ status }) => status >= 200 && status < 300),
      answers.map(() => true),
    ),
  ),
  json: check(z.union([forms.record, z.array(z.unknown())]), (judged, expected) => {
    const { answers } = judged;
    if (Array.isArray(expected) && answers.length > 1) {
      same(answers.length, expected.length);
      for (const [index, answer] of answers.entries()) compareBody(judged, answer, expected[index]);
    } else {
      compareBody(judged, answers.at(-1), expected);
    }
  }),
  json_keys: check(forms.texts, ({ answers }, expected) =>
    sameMembers(Object.keys(answers.at(-1)?.body ?? {}), expected),
  ),
  errors: check(z.union([forms.record, forms.texts]), ({ facts, answers, sent }, expected) => {
    const errors = facts['errors'] ?? answers.at(-1)?.body ?? {};
    if (Array.isArray(expected)) sameMembers(Object.keys(errors), expected);
    else refusedAs(errors, expected, sent);
  }),
  versions: check(z.union([forms.texts, versionLists]), ({ answers }, expected) => {
    if (isOneList(expected)) same(versionsIn(answers.at(-1)), expected);
    else compareLists(answers, expected, (versions) => versions);
  }),
  version_set: check(forms.texts, ({ answers }, expected) => sameMembers(versionsIn(answers.at(-1)), expected)),
  version_sets: check(versionLists, ({ answers }, expected) =>
    compareLists(answers, expected, (versions) => versions && inOrder(versions)),
  ),
  slug_matches: check(forms.text, ({ answers }, expected) => {
    const slug: unknown = answers.at(-1)?.body?.slug;
    same(typeof slug === 'string' && new RegExp(expected).test(slug) ? expected : slug, expected);
  }),
  /** Previous releases are other ones. */
  other_than: check(forms.text, ({ answers }, version) =>
    same(answers.map(({ body }) => body?.version === version).includes(true), false),
  ),
};

function compareBody({ sent }: Judged, answer: ApiAnswer | undefined, expected: unknown): void {
  if (expected === null) return;
  if ((answer?.status ?? 0) >= 400) refusedAs(answer?.body, expected, sent);
  else if (isEmpty(expected)) same(answer?.body, expected);
  else holds(answer?.body, expected);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isOneList(expected: readonly unknown[]): expected is string[] {
  return expected.every((one) => typeof one === 'string');
}

function compareLists(
  answers: readonly ApiAnswer[],
  expected: readonly (readonly string[] | null)[],
  order: (versions: string[] | undefined) => string[] | undefined,
): void {
  same(answers.length, expected.length);
  for (const [index, answer] of answers.entries()) {
    const wanted = expected[index];
    if (wanted !== null && wanted !== undefined) same(order(versionsIn(answer)), order([...wanted]));
  }
}

function versionsIn(answer: ApiAnswer | undefined): string[] | undefined {
  if (!Array.isArray(answer?.body)) return undefined;
  return answer.body.map(({ version }: { version: string }) => version);
}
