import type { Given } from './given.ts';

/** A case as far as a deviation has to know it. */
export interface Told {
  readonly given: Given;
  readonly when: Readonly<Record<string, unknown>>;
  readonly then: Readonly<Record<string, unknown>>;
}

/** Where we decided otherwise: which cases it touches, and what is expected of us instead. */
interface Deviation {
  readonly reason: string;
  /** Undefined when it does not touch the case. */
  instead(told: Told): Readonly<Record<string, unknown>> | undefined;
}

const shortId = '[A-Za-z0-9_][A-Za-z0-9_-]*-[A-Za-z0-9]+';
const between = '(?:\\s*,\\s*(?:and\\s+)?|\\s*&\\s*|\\s+and\\s+|\\s+)';
const said = new RegExp(
  `\\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):?[ \\t]+(#?${shortId}(?:${between}#?${shortId}\\b)*)`,
  'gi',
);

function idsIn(text: string): string[] {
  return [...text.matchAll(new RegExp(shortId, 'g'))].map(([id]) => id.toUpperCase());
}

/** By rule and not by name, so that they hold for cases that nobody here has seen. */
const deviations: readonly Deviation[] = [
  {
    reason: 'there is no lock: two builds that set commits at the same time both succeed',
    instead({ given, when, then: { status, json: _, ...then } }) {
      const isLocked = given.commit_lock_held || given.releases.some(({ commit_lock_held }) => commit_lock_held);
      if (!isLocked || (status !== 409 && status !== 500)) return undefined;
      const { commits } = (when['json'] ?? {}) as { commits?: readonly { readonly id: string }[] };
      return { ...then, succeeds: true, ...(commits && { release_commits: commits.map(({ id }) => id) }) };
    },
  },
  {
    reason: 'only what directly follows the keyword is fixed, with or without #',
    instead({ when: { message }, then }) {
      const theirs = then['referenced_short_ids'];
      if (typeof message !== 'string' || !Array.isArray(theirs)) return undefined;
      const lists = [...message.matchAll(said)].map(([, list = '']) => list.split(/\n/)[0] ?? '');
      const ours = [...new Set(lists.flatMap(idsIn))];
      // They go on to references further away, and never beyond a #. Anything else is no such difference.
      const isGreedy = ours.every((id) => theirs.includes(id)) && theirs.every((id) => idsIn(message).includes(id));
      const stopsAtHash = message.includes('#') && theirs.every((id) => ours.includes(id));
      return isGreedy || stopsAtHash ? { ...then, referenced_short_ids: ours } : undefined;
    },
  },
  {
    reason: 'what is refused is refused before anything is stored',
    instead({ then }) {
      if (then['status'] !== 400) return undefined;
      if (then['release_exists'] === true) return { ...then, release_exists: false };
      return typeof then['release_count'] === 'number' ? { ...then, release_count: 0 } : undefined;
    },
  },
  {
    reason: 'the release before is never the release itself',
    instead({ given, when, then: { json: _, release: __, ...then } }) {
      const version = /releases\/([^/]+)\/previous-with-commits/.exec(String(when['request']))?.[1];
      if (version === undefined || !given.releases.some((release) => release.version === version)) return undefined;
      return { ...then, other_than: version };
    },
  },
  {
    reason: 'a release that is there gets what it does not have yet',
    instead({ given, when, then }) {
      const { json, request } = when as { json?: Record<string, unknown>; request?: string };
      const standing = given.releases.find(({ version }) => version === json?.['version']);
      if (!request?.startsWith('POST') || standing === undefined || then['release'] === undefined) return undefined;
      const filled = (['ref', 'url'] as const).filter((field) => standing[field] == null && json?.[field]);
      const values = Object.fromEntries(filled.map((field) => [field, json?.[field]]));
      if (standing.date_released == null && json?.['dateReleased']) values['dateReleased'] = 'set';
      if (Object.keys(values).length === 0) return undefined;
      return { ...then, release: { ...(then['release'] as object), ...values } };
    },
  },
];

/** The deviations that touch a case, each with what is expected instead. */
export function deviationsOf(told: Told): { readonly reason: string; readonly then: Record<string, unknown> }[] {
  return deviations.flatMap(({ reason, instead }) => {
    const then = instead(told);
    return then === undefined ? [] : [{ reason, then }];
  });
}
