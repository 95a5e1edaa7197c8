import { Hono } from 'hono';
import { readResponse, showResponse } from './app-response.ts';
import { type CallArguments, readCall } from './call-arguments.ts';
import { Refusal } from './refusal.ts';
import { type CommandSettings, sendCommand } from './slash-command.ts';
import type { SlackState } from './state.ts';
import type { Workspace } from './workspace.ts';

/** Gives commands (`/command`) and takes what the app says to them later (`/response/:id`). */
export function commandRoutes(state: SlackState, settings: CommandSettings): Hono {
  const app = new Hono();

  app.post('/command', async (c) => {
    try {
      const { args } = await readCall(c.req.raw, true);
      const who = readWho(state, args);
      const { origin } = new URL(c.req.url);
      const outcome = await sendCommand(state, settings, { ...who, text: args.text('text') ?? '', origin });
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

/** Who gives the command and where; the first person and the first channel when it does not say. */
function readWho(state: SlackState, args: CallArguments): { workspace: Workspace; channel: string; user: string } {
  const team = args.text('team');
  const workspace = state.workspaces.find(({ teamId }) => team === undefined || teamId === team);
  if (workspace === undefined) throw new Refusal('team_not_found');
  const { users, channels } = workspace.given;
  const userName = args.text('user') ?? users[0]?.id;
  const user = users.find(({ id, email }) => id === userName || email === userName);
  if (user === undefined) throw new Refusal('user_not_found');
  const channelName = args.text('channel') ?? channels[0]?.id ?? user.id;
  const conversation = workspace.resolve(channelName === 'directmessage' ? user.id : channelName);
  const foreign = conversation?.user !== undefined && conversation.user !== user.id;
  if (conversation === undefined || foreign) throw new Refusal('channel_not_found');
  return { workspace, channel: conversation.id, user: user.id };
}

function pageOf({ workspace, channel, user }: { workspace: Workspace; channel: string; user: string }): string {
  return `/__local/?${new URLSearchParams({ team: workspace.teamId, channel, viewer: user })}`;
}
