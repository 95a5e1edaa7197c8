import { Hono } from 'hono';
import { readCall } from './call-arguments.ts';
import { statusAnswer } from './failures.ts';
import { methods } from './methods/index.ts';
import { oauthAccess } from './oauth/oauth-access.ts';
import { Refusal } from './refusal.ts';
import type { SlackState } from './state.ts';

/** Slack's Web API under `/:method`: who calls, whether too often, then the method itself. */
export function webApi(state: SlackState): Hono {
  const app = new Hono();
  app.on(['GET', 'POST'], '/:method', async (c) => {
    const method = c.req.param('method');
    const failure = state.failures.next(method);
    if (failure === undefined) return answer(state, method, c.req.raw);
    if (failure.afterwards) await answer(state, method, c.req.raw.clone());
    return state.failures.answer(failure, c.req.raw);
  });
  return app;
}

async function answer(state: SlackState, name: string, request: Request): Promise<Response> {
  if (name === 'oauth.v2.access') return answerOauth(state, request);
  const method = methods.get(name);
  if (method === undefined) return refused(state, name, new Refusal('unknown_method'));
  try {
    const { args, token, warning } = await readCall(request, method.json);
    if (token === undefined || token === '') throw new Refusal('not_authed');
    const workspace = state.installations.workspaceOf(token);
    const channel = args.text('channel') ?? '';
    const wait = state.limits.take(name, workspace.teamId, workspace.resolve(channel)?.id ?? channel);
    if (wait !== undefined) {
      state.refusals.add({ at: state.clock(), what: name, error: 'ratelimited', problems: [`come back in ${wait} s`] });
      return statusAnswer(429, wait);
    }
    const result = method.run({ state, workspace, token, args, origin: new URL(request.url).origin });
    return Response.json({ ok: true, ...result, ...(warning !== undefined && warned(warning, result)) });
  } catch (error) {
    if (error instanceof Refusal) return refused(state, name, error);
    throw error;
  }
}

/** The one method that an app calls before it has a token. */
async function answerOauth(state: SlackState, request: Request): Promise<Response> {
  try {
    const { args } = await readCall(request, false);
    return Response.json({ ok: true, ...oauthAccess(state, args, request.headers.get('authorization')) });
  } catch (error) {
    if (error instanceof Refusal) return refused(state, 'oauth.v2.access', error);
    throw error;
  }
}

function warned(warning: string, result: Readonly<Record<string, unknown>>) {
  const metadata = result['response_metadata'] as Readonly<Record<string, unknown>> | undefined;
  return { warning, response_metadata: { ...metadata, warnings: [warning] } };
}

function refused(state: SlackState, what: string, { code, problems }: Refusal): Response {
  state.refusals.add({ at: state.clock(), what, error: code, problems });
  if (problems.length === 0) return Response.json({ ok: false, error: code });
  const messages = problems.map((problem) => `[ERROR] ${problem}`);
  return Response.json({ ok: false, error: code, errors: problems, response_metadata: { messages } });
}
