import { expect } from 'vitest';
import type { ApiAnswer, ApiClient } from './api.ts';

type Direction = 'next' | 'previous';

/** The cursor of the page behind another one, or before it; undefined when there is none. */
export function cursorOf(answer: Pick<ApiAnswer, 'headers'>, direction: Direction = 'next'): string | undefined {
  const link = new RegExp(`rel="${direction}"; results="true"; cursor="([^"]+)"`, 'u');
  return link.exec(String(answer.headers['Link']))?.[1];
}

/** Follows the links of a list from a page on, by default its first, to its end; `between` is done behind every page. */
export async function followPages(
  api: ApiClient,
  path: string,
  {
    direction = 'next',
    from = '',
    between = async () => {},
  }: {
    readonly direction?: Direction;
    readonly from?: string;
    readonly between?: (page: number) => Promise<void>;
  } = {},
): Promise<ApiAnswer[]> {
  const pages: ApiAnswer[] = [];
  let cursor: string | undefined = from;
  while (cursor !== undefined) {
    const answer = await api.get(`${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`);
    expect(answer.status).toBe(200);
    pages.push(answer);
    cursor = cursorOf(answer, direction);
    await between(pages.length - 1);
  }
  return pages;
}
