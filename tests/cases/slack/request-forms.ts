import * as z from 'zod';
import { type HttpHandler, httpDoor } from '../../../functions/middleware/http-door.ts';
import { door as commands } from '../../../functions/slack-commands.ts';
import { door as events } from '../../../functions/slack-events.ts';
import { door as worker } from '../../../functions/slack-worker.ts';
import { epochSeconds } from '../../../lib/platform/clock.ts';
import { slackSignature } from '../../../lib/slack/index.ts';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import type { Answer, Stage } from './happening.ts';
import type { SlackCaseApp } from './world.ts';

/** A request as Slack sends it; without `signed`, by somebody else. */
export const requestForm = z.strictObject({
  request: z.string().regex(/^[A-Z]+ \/extensions\/slack\/(commands|event|action)\/$/),
  signed: z.boolean().default(false),
  timestamp_age_s: z.int().default(0),
  form: z.record(z.string(), z.unknown()).optional(),
  json: z.unknown().optional(),
  /** The body as it is, where it is neither. */
  body: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
});

/** A request as Slack sends it. */
export type SlackRequest = z.output<typeof requestForm>;

const formType = 'application/x-www-form-urlencoded';

/** Sends a request to the door that serves it. */
export async function sendRequest(
  { world, happening }: Pick<Stage, 'world' | 'happening'>,
  request: SlackRequest,
): Promise<void> {
  const { app } = world;
  const [method = '', path = ''] = request.request.split(' ');
  const body = Buffer.from(bodyOf(request));
  const timestamp = String(epochSeconds(app.clock) - request.timestamp_age_s);
  const secret = app.signingSecret;
  const signed = request.signed && {
    'X-Slack-Request-Timestamp': timestamp,
    'X-Slack-Signature': slackSignature(secret, timestamp, body),
  };
  const event = httpEvent({
    method,
    resource: path.replace(/\/$/, ''),
    headers: {
      'Content-Type': request.json === undefined ? formType : 'application/json',
      ...signed,
      ...request.headers,
    },
    body,
  });
  const { statusCode, body: answer, headers = {} } = await handlerOf(path, app)(event, lambdaContext());
  happening.answers.push(noDefect({ status: statusCode, body: answer, headers }));
  await settle(app);
}

/** Whatever is asked, nothing goes wrong on our side. @throws Error, which no defect of the other system excuses */
export function noDefect(answer: Answer): Answer {
  if (answer.status >= 500) throw new Error(`answered ${answer.status}: ${answer.body}`);
  return answer;
}

function bodyOf({ form, json, body = '' }: SlackRequest): string {
  if (json !== undefined) return JSON.stringify(json);
  if (form === undefined) return body;
  const fields = Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return new URLSearchParams(fields).toString();
}

function handlerOf(path: string, app: SlackCaseApp): HttpHandler {
  switch (path) {
    case '/extensions/slack/commands/':
      return httpDoor(commands as never, async () => app);
    case '/extensions/slack/event/':
      return httpDoor(events as never, async () => app);
    default:
      throw new Error(`no door of ours serves ${path}`);
  }
}

/** Does what the request has left to be done after its answer. */
async function settle(app: SlackCaseApp): Promise<void> {
  for (let jobs = app.slackJobs.takeAll(); jobs.length > 0; jobs = app.slackJobs.takeAll()) {
    for (const job of jobs) await worker.handle(app, worker.message.parse(job), { remainingMs: 60_000 });
  }
}
