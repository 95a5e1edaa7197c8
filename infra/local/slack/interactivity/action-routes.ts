import { Hono } from 'hono';
import { readCall } from '../call-arguments.ts';
import { Refusal } from '../refusal.ts';
import type { SlackState } from '../state.ts';
import { pageOf, readWho } from '../who.ts';
import { findButton } from './find-button.ts';
import { pressButton } from './press-button.ts';

/** Presses buttons (`/action`): a form or JSON with `team`, `channel`, `user`, `messageTs`, and `actionId`, `blockId` or `value`. */
export function actionRoutes(state: SlackState): Hono {
  const app = new Hono();
  app.post('/action', async (c) => {
    try {
      const { args } = await readCall(c.req.raw, true);
      const who = readWho(state, args);
      const { workspace, channel, user } = who;
      const stored = state.messages.find(workspace.teamId, channel, args.required('messageTs'));
      const hidden = stored?.message.ephemeral && stored.message.user !== user;
      if (stored === undefined || hidden) throw new Refusal('message_not_found');
      const search = { actionId: args.text('actionId'), blockId: args.text('blockId'), value: args.text('value') };
      const found = findButton(stored.message, search);
      if (found === undefined) throw new Refusal('button_not_found', ['No button of this message is meant by that.']);
      const person = workspace.user(user);
      if (person === undefined) throw new Refusal('user_not_found');
      const responseId = state.responseUrls.create({ workspace, channel, user }, stored.message.ts);
      const responseUrl = `${new URL(c.req.url).origin}/__local/slack/response/${responseId}`;
      const outcome = await pressButton(state, { ...found, workspace, person, stored, responseUrl });
      return c.req.header('accept')?.includes('text/html') ? c.redirect(pageOf(who), 303) : c.json(outcome);
    } catch (error) {
      if (error instanceof Refusal) return c.json({ ok: false, error: error.code, problems: error.problems }, 400);
      throw error;
    }
  });
  return app;
}
