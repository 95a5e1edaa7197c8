import type { Given } from './given.ts';

type Outcome = Readonly<Record<string, unknown>>;

/** A case as far as a deviation has to know it. */
export interface Told {
  readonly given: Given;
  readonly when: Readonly<Record<string, unknown>>;
  readonly then: Outcome;
}

/** Where we decided otherwise: which cases it touches, and what is expected of us instead. */
interface Deviation {
  readonly reason: string;
  /** Undefined when it does not touch the case. */
  instead(told: Told): Outcome | undefined;
}

const linkGone = { status: 410, page: 'expired link' } as const;
const opensLink = /\/slack\/[\w-]+\/<[\w -]+>\//;
/** Half an hour; theirs opens for two days. */
const longestAge = 30 * 60;

/** By rule and not by name, so that they hold for cases that nobody here has seen. */
const deviations: readonly Deviation[] = [
  {
    reason: 'how many blocks a message of ours has is our own affair',
    instead: ({ then: { blocks, ...then } }) => (typeof blocks === 'number' ? then : undefined),
  },
  {
    reason: 'a link opens for half an hour, and is answered with 410 after that',
    instead({ given, when, then }) {
      const isExpired = given.url_age_s > longestAge || String(when['request']).includes('<expired>');
      if (!isExpired) return undefined;
      return { ...linkGone, ...('identity' in then && { identity_created: false }) };
    },
  },
  {
    reason: 'a link that is not one of ours, or lacks something, is answered with 410',
    instead({ when, then: { status, page: _, page_text: __, page_text_contains: ___, metric: ____, ...then } }) {
      const request = String(when['request']);
      if (!opensLink.test(request) || 'form' in when) return undefined;
      const isBroken = status === 400 || (status === 200 && !request.includes('<signed>'));
      return isBroken ? { ...then, status: 410 } : undefined;
    },
  },
  {
    reason: 'nobody is told in the channel of a team that was there already',
    instead({ given, then }) {
      if (given.links.length === 0 || !/already been linked/.test(JSON.stringify(then['slack_calls'])))
        return undefined;
      return { ...then, slack_calls: [] };
    },
  },
  {
    reason: 'a linked team is told of its alerts always, and no feature changes that',
    instead({ given, then }) {
      const { notification_settings: settings } = then;
      if (given.features.length === 0 || !Array.isArray(settings) || settings.length > 0) return undefined;
      const always = { scope: 'team', provider: 'slack', type: 'alerts', value: 'always' };
      return { ...then, notification_settings: [always] };
    },
  },
  {
    reason: 'who may link no team is told with 403 which role it takes',
    instead({ when, then }) {
      if (!String(when['request']).includes('/link-team/') || then['status'] !== 404) return undefined;
      return refusedWith(403, then);
    },
  },
  {
    reason: 'a channel that has no team is told as such, and is no error',
    instead({ when, then: { page_text: text, page_text_contains: part, ...then } }) {
      if (!String(when['request']).includes('/unlink-team/') || !/Team not found/.test(`${text}${part}`))
        return undefined;
      return { ...then, status: 200, page: 'nothing to unlink' };
    },
  },
  {
    reason: 'who has not signed in is led there with 303, which no client repeats a form for',
    instead: ({ given, then }) =>
      given.logged_in_as === null && then['status'] === 302 ? { ...then, status: 303 } : undefined,
  },
];

/** The same with another status, also where a text of theirs begins with it. */
function refusedWith(status: number, then: Outcome): Outcome {
  const changed = Object.entries(then).map(([key, value]) =>
    key.startsWith('page_text') ? [key, String(value).replace(/^HTTP \d{3}/, `HTTP ${status}`)] : [key, value],
  );
  return { ...Object.fromEntries(changed), status };
}

/** The deviations that touch a case, each with what is expected instead. */
export function deviationsOf(told: Told): { readonly reason: string; readonly then: Record<string, unknown> }[] {
  return deviations.flatMap(({ reason, instead }) => {
    const then = instead(told);
    return then === undefined ? [] : [{ reason, then }];
  });
}
