import { unescapeText } from './unescape-text.ts';

/** What a link to us leads to. */
export type MatchedLink =
  | {
      readonly kind: 'alert';
      readonly organization: string;
      readonly ruleId: string;
      /** The number of an incident of the organization. */
      readonly incident?: number;
      readonly period?: string;
      readonly start?: string;
      readonly end?: string;
    }
  | { readonly kind: 'issue'; readonly organization: string; readonly issueId: string }
  | { readonly kind: 'release'; readonly organization: string; readonly version: string };

/** Longer versions than these are refused when a release is made. */
const longestVersion = 250;
const slug = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const digits = /^\d{1,20}$/;

/**
 * Reads a link as it stands in a message of Slack. Only addresses of ours are read, in either form:
 *
 *     https://<host>/organizations/<organization>/alerts/rules/details/<id>/?alert=<number>
 *     https://<organization>.<host>/alerts/rules/details/<id>/?alert=<number>
 *
 * and the same with `issues/<id>` and `releases/<version>`.
 */
export function matchLink(written: string, publicUrl: string): MatchedLink | undefined {
  const text = unescapeText(written);
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const place = placeOf(url, new URL(publicUrl));
  if (place === undefined || !slug.test(place.organization)) return undefined;
  const [area, ...rest] = place.parts;
  const { organization } = place;
  if (area === 'alerts') return alertLink(organization, rest, url.searchParams);
  const [name = '', ...further] = rest;
  if (further.length > 0) return undefined;
  if (area === 'issues') return digits.test(name) ? { kind: 'issue', organization, issueId: name } : undefined;
  if (area !== 'releases' || name === '' || name.length > longestVersion) return undefined;
  return { kind: 'release', organization, version: name };
}

/** The organization that a link is about, and the rest of its path. */
function placeOf(url: URL, own: URL): { readonly organization: string; readonly parts: string[] } | undefined {
  const base = own.pathname.replace(/\/$/u, '');
  if (!url.pathname.startsWith(`${base}/`)) return undefined;
  const parts = partsOf(url.pathname.slice(base.length + 1));
  if (parts === undefined) return undefined;
  if (url.host === own.host) {
    const [root, organization = '', ...rest] = parts;
    return root === 'organizations' ? { organization, parts: rest } : undefined;
  }
  if (!url.host.endsWith(`.${own.host}`)) return undefined;
  return { organization: url.host.slice(0, -own.host.length - 1), parts };
}

/** The parts of a path, decoded; undefined when one of them cannot be. */
function partsOf(path: string): string[] | undefined {
  try {
    return path.replace(/\/+$/u, '').split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function alertLink(organization: string, parts: readonly string[], query: URLSearchParams): MatchedLink | undefined {
  const [rules, details, ruleId = '', ...further] = parts;
  if (rules !== 'rules' || details !== 'details' || further.length > 0 || !digits.test(ruleId)) return undefined;
  const incident = query.get('alert') ?? '';
  const times = ['period', 'start', 'end'].flatMap((name) => {
    const value = query.get(name);
    return value ? [[name, value] as const] : [];
  });
  return {
    kind: 'alert',
    organization,
    ruleId,
    ...(/^[1-9]\d{0,7}$/.test(incident) && { incident: Number(incident) }),
    ...Object.fromEntries(times),
  };
}
