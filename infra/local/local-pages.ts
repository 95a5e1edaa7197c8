import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Tally } from './work-tracker.ts';

/** Answers requests below /__local/. */
export type LocalPages = (request: Request) => Promise<Response>;

const prefix = '/__local';

/** Puts the pages of the local stack, which no deployed one has, before its API. */
export function addLocalPages(
  api: RequestListener,
  control: { runSchedules(): Promise<Tally> },
  pages: LocalPages = async () => new Response('Nothing is shown here.', { status: 404 }),
): RequestListener {
  const local = getRequestListener(async (request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname === prefix) return new Response(null, { status: 308, headers: { Location: `${prefix}/${search}` } });
    if (pathname !== `${prefix}/schedule`) return pages(request);
    if (request.method !== 'POST') {
      return Response.json(
        { detail: 'Use POST to run the schedules now.' },
        { status: 405, headers: { Allow: 'POST' } },
      );
    }
    return Response.json(await control.runSchedules());
  });
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (path === prefix || path.startsWith(`${prefix}/`)) void local(request, response);
    else api(request, response);
  };
}
