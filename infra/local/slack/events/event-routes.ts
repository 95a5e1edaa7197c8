import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { type CallArguments, readCall } from '../call-arguments.ts';
import { Refusal } from '../refusal.ts';
import { sendCommand } from '../slash-command.ts';
import type { SlackState } from '../state.ts';
import { pageOf, readWho, readWorkspace, type Who } from '../who.ts';
import type { Delivery, Sent } from './event-sender.ts';
import { happen } from './happenings.ts';
import { say } from './say.ts';

const eventSchema = z.looseObject({ type: z.string().min(1) });

/**
 * What people do beside commands: `/message` says something, `/happening` changes a channel or the installation,
 * `/compose` takes what the page's form has, a message or a command, and `/event` sends any event (or, as `payload`, any
 * body). All answer with what was delivered; with `wait` not before the last retry.
 */
export function eventRoutes(state: SlackState, command: string): Hono {
  const app = new Hono();

  app.post('/message', (c) =>
    answered(c, async (args) => {
      const who = readWho(state, args);
      return { who, answer: await spoken(args, who, args.text('text') ?? '') };
    }),
  );
  app.post('/compose', (c) =>
    answered(c, async (args) => {
      const who = readWho(state, args);
      const text = args.text('text') ?? '';
      if (!text.startsWith('/')) return { who, answer: await spoken(args, who, text) };
      if (text.split(/\s/)[0] !== command) throw new Refusal('unknown_command', [`there is only ${command}`]);
      return { who, answer: await sendCommand(state, command, { ...who, text, origin: new URL(c.req.url).origin }) };
    }),
  );
  app.post('/happening', (c) =>
    answered(c, async (args) => {
      const who = readWho(state, args);
      return { who, answer: await outcomeOf(args, happen(state, who, args)) };
    }),
  );
  app.post('/event', (c) =>
    answered(c, async (args) => {
      const workspace = readWorkspace(state, args);
      const payload = args.structure('payload', 'invalid_payload');
      if (payload !== undefined) {
        const about = { eventId: '', type: 'payload', team: workspace.teamId };
        return { answer: await outcomeOf(args, [state.events.sendBody(JSON.stringify(payload), about)]) };
      }
      const event = eventSchema.safeParse(args.structure('event', 'invalid_event'));
      if (!event.success) throw new Refusal('invalid_event', ['an object with a type']);
      return { answer: await outcomeOf(args, [state.events.send(workspace, event.data)]) };
    }),
  );
  app.get('/deliveries', (c) => c.json(state.events.all()));

  async function spoken(args: CallArguments, who: Who, text: string) {
    const { stored, sent } = say(state, { ...who, text, threadTs: args.text('threadTs') });
    return { ...(await outcomeOf(args, sent)), message: stored.message };
  }

  return app;
}

/** What was delivered, and how that went. */
async function outcomeOf(args: CallArguments, sent: readonly Sent[]) {
  const deliveries = await Promise.all(sent.map(({ first, over }) => (args.flag('wait') ? over : first)));
  const last = deliveries.flatMap(({ attempts }) => attempts.at(-1) ?? []);
  const failed = deliveries.find(({ attempts }) => attempts.at(-1)?.error !== undefined);
  return {
    ok: failed === undefined,
    status: last.at(-1)?.status ?? null,
    ...(last.length > 0 && { durationMs: Math.max(...last.map(({ durationMs }) => durationMs)) }),
    ...(failed !== undefined && { error: failureOf(failed) }),
    deliveries,
  };
}

function failureOf({ type, attempts, retrying }: Delivery): string {
  const { error, status } = attempts.at(-1) ?? {};
  const what = status == null ? error : `status ${status}`;
  return `the event ${type} was not taken: ${what}${retrying ? '; it is sent again' : ''}`;
}

type Answer = { readonly who?: Who; readonly answer: object };

/** A browser without script comes back to the page; everyone else reads the outcome. */
async function answered(c: Context, act: (args: CallArguments) => Promise<Answer>): Promise<Response> {
  try {
    const { args } = await readCall(c.req.raw, true);
    const { who, answer } = await act(args);
    const toPage = who !== undefined && c.req.header('accept')?.includes('text/html');
    return toPage ? c.redirect(pageOf(who), 303) : c.json(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return c.json({ ok: false, error: [error.code, ...error.problems].join(': ') }, 400);
  }
}
