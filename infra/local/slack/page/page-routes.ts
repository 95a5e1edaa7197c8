import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import type { SlackState } from '../state.ts';
import { favicon } from './icons.ts';
import { renderNothing, renderPage } from './page.ts';
import { readView } from './view.ts';

/** What the page needs beside the messages. */
export interface PageSettings {
  readonly command: string;
  readonly scheduleUrl: () => string;
  readonly timeZone: string | undefined;
}

/** The page, what it is made of, and the stream of events that keeps it live. */
export function pageRoutes(state: SlackState, settings: PageSettings): Hono {
  const app = new Hono();

  app.get('/__local', (c) => c.redirect('/__local/'));
  app.get('/__local/', policy, (c) => {
    const view = readView(state, new URL(c.req.url).searchParams, settings.timeZone);
    return c.html(view === undefined ? renderNothing() : renderPage(view, settings.command));
  });

  app.get('/__local/style.css', async (c) => c.body(await style(), 200, { 'content-type': 'text/css' }));
  app.get('/__local/app.js', async (c) => c.body(await asset('app.js'), 200, { 'content-type': 'text/javascript' }));
  app.get('/__local/icon.svg', (c) => c.body(favicon, 200, { 'content-type': 'image/svg+xml' }));

  // The address that chat.getPermalink gives: back to the message on the page.
  app.get('/__local/archives/:channel/:place', (c) => {
    const { channel, place } = c.req.param();
    const ts = /^p(\d{10})(\d{6})$/.exec(place);
    const team = state.workspaces.find((workspace) => workspace.conversation(channel) !== undefined);
    if (ts === null || team === undefined) return c.notFound();
    const query = new URLSearchParams({ team: team.teamId, channel });
    return c.redirect(`/__local/?${query}#m-${ts[1]}.${ts[2]}`);
  });

  app.get('/__local/slack/events', (c) =>
    streamSSE(c, async (stream) => {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      const stop = state.changes.subscribe(() => void stream.writeSSE({ event: 'change', data: '' }).catch(end));
      stream.onAbort(end);
      state.ended.addEventListener('abort', () => end(), { once: true });
      // Something has to be sent at once, or a browser waits for the first change to call the stream open.
      await stream.writeSSE({ event: 'hello', data: '' });
      await ended;
      stop();
    }),
  );

  app.post('/__local/slack/schedules', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const started = performance.now();
    const answer = await fetch(settings.scheduleUrl(), { method: 'POST' }).catch(() => undefined);
    const durationMs = Math.round(performance.now() - started);
    if (c.req.header('accept')?.includes('text/html')) return c.redirect(`/__local/?${form.get('back') ?? ''}`, 303);
    if (answer === undefined)
      return c.json({ ok: false, status: null, durationMs, error: 'nothing answers there' }, 502);
    await answer.body?.cancel();
    return c.json({ ok: answer.ok, status: answer.status, durationMs });
  });

  return app;
}

const policy = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'http:', 'https:'],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: false,
  referrerPolicy: 'no-referrer',
});

const styles = ['base', 'sidebar', 'stream', 'text', 'blocks', 'controls', 'authorize', 'narrow'];

async function style(): Promise<string> {
  return (await Promise.all(styles.map((name) => asset(`styles/${name}.css`)))).join('\n');
}

function asset(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}
