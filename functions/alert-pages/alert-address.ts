import type { OrganizationVisit, PagePlace } from '../middleware/organization-page.ts';

/** Where the page of a rule is. */
export const alertPlace: PagePlace = { place: 'alerts/rules/details', variable: 'rule' };

/** Where the list of rules is. */
export const alertsPlace: PagePlace = { place: 'alerts' };

/** How much of a metric a page can show, in hours, by what the address calls it. */
export const ranges = { '24h': 24, '7d': 168, '14d': 336 } as const;

/** How much of a metric is shown. */
export type Range = keyof typeof ranges;

/** What the address of the page of a rule says beside the rule. */
export interface AlertQuery {
  readonly incident: number | undefined;
  readonly range: Range;
  /** What became of the button that led here. */
  readonly said: string | undefined;
}

/** Reads it; what cannot be read counts as left out. */
export function readAlertQuery(query: OrganizationVisit['query']): AlertQuery {
  const one = (name: string): string => query[name]?.at(-1) ?? '';
  const incident = one('alert');
  const range = one('range');
  const said = one('said');
  return {
    incident: /^[1-9]\d{0,7}$/u.test(incident) ? Number(incident) : undefined,
    range: Object.hasOwn(ranges, range) ? (range as Range) : '24h',
    said: said === '' ? undefined : said,
  };
}

/** Writes it: `address` with what differs from the usual. */
export function alertAddress(address: string, { incident, range, said }: Partial<AlertQuery>): string {
  const query = new URLSearchParams({
    ...(incident !== undefined && { alert: String(incident) }),
    ...(range !== undefined && range !== '24h' && { range }),
    ...(said !== undefined && { said }),
  });
  return query.size === 0 ? address : `${address}?${query}`;
}
