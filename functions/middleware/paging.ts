import { linkHeader, type Page, type PageRequest, pageRequest } from '../../lib/platform/pagination.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-request.ts';
import { textParameter } from './query-parameters.ts';

/** The query parameters of every list in pages. */
export const pageParameters = {
  per_page: textParameter('Entries on a page, 1 to 100; 100 unless told.'),
  cursor: textParameter('Which page, as the Link header of another one says it.'),
};

/** The page that a query asks for. @throws BadRequestError */
export function pageOf(query: {
  readonly per_page?: string | undefined;
  readonly cursor?: string | undefined;
}): PageRequest {
  return pageRequest({ perPage: query.per_page, cursor: query.cursor });
}

/** Answers with a page; `publicUrl` is where clients reach this installation. */
export function pagedAnswer(publicUrl: string, request: HttpRequest, page: Page<unknown>): HttpAnswer {
  const { cursor: _, ...query } = request.query;
  const path = request.path.split('/').map(encodePart).join('/');
  return { status: 200, body: page.items, headers: { Link: linkHeader(`${publicUrl}${path}`, query, page) } };
}

/** The gateway gives paths as they were sent or decoded, as it likes: either way nothing may break out of the header. */
function encodePart(part: string): string {
  return part.replace(/[^\w.~!$&'()*+=:@%-]/gu, encodeURIComponent);
}
