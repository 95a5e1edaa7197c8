import { setTimeout as delay } from 'node:timers/promises';
import { ForbiddenError, RefusalError } from '../../lib/platform/errors.ts';
import { identifyPresser, type Presser, readPress } from '../../lib/slack/index.ts';
import { messages } from './messages.ts';
import { pressChart } from './press-chart.ts';
import { pressIncident } from './press-incident.ts';
import { type IssuePress, pressIssue } from './press-issue.ts';
import type { PressedButtons, PressPayload } from './press-payload.ts';
import type { PressApp, PressScene } from './press-scene.ts';

/**
 * Slack waits for three seconds in all, and a cold start takes one of them. What is only to be shown, message and note alike,
 * is waited for until two seconds after the press came in, no longer than this and, when the table was slow, not at all long.
 */
const showingMs = { most: 1_200, least: 200, untilAfterPress: 2_000 };
const counter = 'integrations.slack.action_endpoint';

/**
 * Does what a pressed button asks for, if the person may: the button is only a wish. Who may not, or comes too late, is told
 * what to do next, and nobody else sees that.
 * @throws ForbiddenError when the workspace is unknown or switched off
 */
export async function answerPress(app: PressApp, payload: PressPayload): Promise<void> {
  if (!isPressed(payload)) return;
  const cameInMs = app.clock.now();
  const press = payload.actions
    .map(({ action_id, value }) => readPress(action_id, value))
    .find((one) => one !== 'foreign');
  // Buttons that only lead to a page are heard of, too.
  if (press === undefined) return;
  if (press === 'broken') return briefly(app, cameInMs, say(app, payload, messages.broken));
  const teamId = payload.team?.id ?? payload.user.team_id ?? '';
  const slackUserId = payload.user.id;
  const presser = await identifyPresser(app, { teamId, slackUserId, organization: press.organization });
  if (presser.outcome !== 'known') return refuse(app, { payload, cameInMs }, presser.outcome);
  await act(app, { press, member: presser.member, teamId, slackUserId, payload }, cameInMs);
}

function isPressed(payload: PressPayload): payload is PressedButtons {
  return payload.type === 'block_actions';
}

async function act(app: PressApp, scene: PressScene, cameInMs: number): Promise<void> {
  try {
    const { note, showIt } = await perform(app, scene);
    app.metrics.count(`${counter}.success.${scene.press.action}`);
    // The deed stays whatever becomes of the message, which the next press brings up to date.
    await briefly(app, cameInMs, showIt?.(), say(app, scene.payload, note));
  } catch (error) {
    const sentence = error instanceof RefusalError ? sentenceFor(error) : messages.failed;
    await briefly(app, cameInMs, say(app, scene.payload, sentence));
    if (!(error instanceof RefusalError)) throw error;
    app.metrics.count(`${counter}.failure.${error.code}`);
  }
}

async function perform(app: PressApp, scene: PressScene): Promise<Partial<IssuePress>> {
  const { action } = scene.press;
  if (action === 'incident.chart') return { note: await pressChart(app, scene) };
  if (action === 'incident.acknowledge' || action === 'incident.resolve')
    return { note: await pressIncident(app, scene) };
  return (await pressIssue(app, scene)) ?? {};
}

async function refuse(
  app: PressApp,
  { payload, cameInMs }: { readonly payload: PressedButtons; readonly cameInMs: number },
  reason: Exclude<Presser['outcome'], 'known'>,
): Promise<void> {
  const sentences = {
    'workspace-gone': messages.workspaceGone(app.docsUrl),
    'organization-not-here': messages.organizationNotHere,
    'not-linked': messages.notLinked(app.command),
    'not-a-member': messages.notMember,
  } as const;
  await briefly(app, cameInMs, say(app, payload, sentences[reason]));
  if (reason === 'workspace-gone') throw new ForbiddenError('This Slack workspace is not connected.');
  app.metrics.count(`${counter}.failure.${reason.replaceAll('-', '_')}`);
}

function sentenceFor({ code }: RefusalError): string {
  if (code === 'not_found') return messages.gone;
  if (code === 'unauthenticated') return messages.notMember;
  return code === 'unavailable' ? messages.busy : messages.refused;
}

/** Says something to the one who pressed, and to nobody else. */
function say(
  app: PressApp,
  { response_url: responseUrl }: PressedButtons,
  text: string | undefined,
): Promise<void> | undefined {
  return responseUrl === undefined || text === undefined ? undefined : app.slack.respond(responseUrl, { text });
}

/** Waits for what is only to be shown, all of it at the same time and not for long, and does not mind when it fails. */
async function briefly(app: PressApp, cameInMs: number, ...shown: (Promise<void> | undefined)[]): Promise<void> {
  const { most, least, untilAfterPress } = showingMs;
  const leftMs = Math.min(most, Math.max(least, cameInMs + untilAfterPress - app.clock.now()));
  const stop = new AbortController();
  const tooLong = delay(leftMs, 'too long', { signal: stop.signal, ref: false }).catch(() => undefined);
  const minded = Promise.all(
    shown.map((one) =>
      one?.catch((error: unknown) => {
        app.log.warn('Slack did not show what came of a press', { cause: String(error) });
      }),
    ),
  );
  if ((await Promise.race([minded, tooLong])) === 'too long') {
    app.log.warn('Slack takes long to show what came of a press', { waitedMs: leftMs });
  }
  stop.abort();
}
