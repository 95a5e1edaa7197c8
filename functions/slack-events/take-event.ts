import { createHash } from 'node:crypto';
import { epochSeconds } from '../../lib/platform/clock.ts';
import { ForbiddenError } from '../../lib/platform/errors.ts';
import type { Queue } from '../../lib/platform/queue.ts';
import type { Table } from '../../lib/platform/table.ts';
import { type EventEnvelope, findWorkspace, jobOfEvent, type SlackJob } from '../../lib/slack/index.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import type { BaseApp } from '../middleware/start-app.ts';

/** What events are counted under. */
export const eventCounter = 'integrations.slack.event_endpoint';

/** What Slack tells of a workspace that we have left ourselves is no news, and nothing went wrong. */
const farewells: ReadonlySet<string> = new Set(['app_uninstalled', 'tokens_revoked']);

/** Hands what happened in a workspace to the queue, unless it asks for nothing. @throws ForbiddenError */
export async function takeEvent(
  app: BaseApp & { readonly table: Table; readonly slackJobs: Queue<SlackJob> },
  sent: EventEnvelope,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const workspace = await findWorkspace(app, sent.team_id);
  if (workspace?.status !== 'active') {
    if (farewells.has(sent.event.type)) return { status: 200 };
    throw new ForbiddenError('This Slack workspace is not connected.');
  }
  const { teamId, botUserId } = workspace;
  const eventId = sent.event_id ?? nameOf(request);
  const eventTime = sent.event_time ?? epochSeconds(app.clock);
  const job = jobOfEvent(sent.event, { teamId, eventId, botUserId, eventTime });
  if (job !== undefined) await app.slackJobs.send([job]);
  if (request.header('x-slack-retry-num') !== undefined) app.metrics.count(`${eventCounter}.retry`);
  return { status: 200 };
}

/** A name for an event that has none: that of the very request, so that at least this one is not worked on twice. */
function nameOf(request: HttpRequest): string {
  const hash = createHash('sha256').update(request.header('x-slack-request-timestamp') ?? '');
  return hash.update('\n').update(request.body).digest('hex');
}
