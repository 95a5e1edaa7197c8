import { Hono } from 'hono';
import { readResponse, showResponse } from './app-response.ts';
import { readCall } from './call-arguments.ts';
import { Refusal } from './refusal.ts';
import { sendCommand } from './slash-command.ts';
import type { SlackState } from './state.ts';
import { pageOf, readWho } from './who.ts';

/** Gives commands (`/command`) and takes what the app says to them later (`/response/:id`). */
export function commandRoutes(state: SlackState, command: string): Hono {
  const app = new Hono();

  app.post('/command', async (c) => {
    try {
      const { args } = await readCall(c.req.raw, true);
      const who = readWho(state, args);
      const { origin } = new URL(c.req.url);
      const outcome = await sendCommand(state, command, { ...who, text: args.text('text') ?? '', origin });
      // A browser without script comes back to the page; everyone else reads the outcome.
      return c.req.header('accept')?.includes('text/html') ? c.redirect(pageOf(who), 303) : c.json(outcome);
    } catch (error) {
      if (error instanceof Refusal) return c.json({ ok: false, error: error.code, problems: error.problems }, 400);
      throw error;
    }
  });

  app.post('/response/:id', async (c) => {
    const id = c.req.param('id');
    const used = state.responseUrls.use(id);
    if ('error' in used) return c.json({ ok: false, error: used.error }, 404);
    try {
      const stored = showResponse(state, used.target, readResponse(await c.req.text()), used.original);
      state.responseUrls.setOriginal(id, stored?.message.ts);
      return c.json({ ok: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, problems } = error;
      state.refusals.add({ at: state.clock(), what: 'response_url', error: code, problems });
      return c.json({ ok: false, error: code }, 404);
    }
  });

  return app;
}
