import { setTimeout as delay } from 'node:timers/promises';
import { ForbiddenError, RefusalError } from '../../lib/platform/errors.ts';
import { identifyPresser, type Presser, readPress } from '../../lib/slack/index.ts';
import { messages } from './messages.ts';
import { pressChart } from './press-chart.ts';
import { pressIncident } from './press-incident.ts';
import { pressIssue } from './press-issue.ts';
import type { PressedButtons, PressPayload } from './press-payload.ts';
import type { PressApp, PressScene } from './press-scene.ts';

/** Slack waits for three seconds in all: what is only to be shown gets a part of them and is not waited for longer. */
const showingMs = 1_200;
const counter = 'integrations.slack.action_endpoint';

/**
 * Does what a pressed button asks for, if the person may: the button is only a wish. Who may not, or comes too late, is told
 * what to do next, and nobody else sees that.
 * @throws ForbiddenError when the workspace is unknown or switched off
 */
export async function answerPress(app: PressApp, payload: PressPayload): Promise<void> {
  if (!isPressed(payload)) return;
  const press = payload.actions
    .map(({ action_id, value }) => readPress(action_id, value))
    .find((one) => one !== 'foreign');
  // Buttons that only lead to a page are heard of, too.
  if (press === undefined) return;
  if (press === 'broken') return say(app, payload, messages.broken);
  const teamId = payload.team?.id ?? payload.user.team_id ?? '';
  const slackUserId = payload.user.id;
  const presser = await identifyPresser(app, { teamId, slackUserId, organization: press.organization });
  if (presser.outcome !== 'known') return refuse(app, payload, presser.outcome);
  await act(app, { press, member: presser.member, teamId, slackUserId, payload });
}

function isPressed(payload: PressPayload): payload is PressedButtons {
  return payload.type === 'block_actions';
}

async function act(app: PressApp, scene: PressScene): Promise<void> {
  try {
    const note = await perform(app, scene);
    app.metrics.count(`${counter}.success.${scene.press.action}`);
    if (note !== undefined) await say(app, scene.payload, note);
  } catch (error) {
    await say(app, scene.payload, error instanceof RefusalError ? sentenceFor(error) : messages.failed);
    if (!(error instanceof RefusalError)) throw error;
    app.metrics.count(`${counter}.failure.${error.code}`);
  }
}

async function perform(app: PressApp, scene: PressScene): Promise<string | undefined> {
  const { action } = scene.press;
  if (action === 'incident.chart') return pressChart(app, scene);
  if (action === 'incident.acknowledge' || action === 'incident.resolve') return pressIncident(app, scene);
  const done = await pressIssue(app, scene);
  // The deed stays whatever becomes of the message, which the next press brings up to date.
  if (done !== undefined) await briefly(app, done.showIt());
  return done?.note;
}

async function refuse(
  app: PressApp,
  payload: PressedButtons,
  reason: Exclude<Presser['outcome'], 'known'>,
): Promise<void> {
  const sentences = {
    'workspace-gone': messages.workspaceGone(app.docsUrl),
    'organization-not-here': messages.organizationNotHere,
    'not-linked': messages.notLinked(app.command),
    'not-a-member': messages.notMember,
  } as const;
  await say(app, payload, sentences[reason]);
  if (reason === 'workspace-gone') throw new ForbiddenError('This Slack workspace is not connected.');
  app.metrics.count(`${counter}.failure.${reason.replaceAll('-', '_')}`);
}

function sentenceFor({ code }: RefusalError): string {
  if (code === 'not_found') return messages.gone;
  if (code === 'unauthenticated') return messages.notMember;
  return code === 'unavailable' ? messages.busy : messages.refused;
}

/** Says something to the one who pressed, and to nobody else. */
async function say(app: PressApp, { response_url: responseUrl }: PressedButtons, text: string): Promise<void> {
  if (responseUrl !== undefined) await briefly(app, app.slack.respond(responseUrl, { text }));
}

/** Waits for what is only to be shown, not for long, and does not mind when it fails. */
async function briefly(app: PressApp, shown: Promise<void>): Promise<void> {
  const stop = new AbortController();
  const tooLong = delay(showingMs, 'too long', { signal: stop.signal, ref: false }).catch(() => undefined);
  const minded = shown.then(
    () => undefined,
    (error: unknown) => app.log.warn('Slack did not show what came of a press', { cause: String(error) }),
  );
  if ((await Promise.race([minded, tooLong])) === 'too long')
    app.log.warn('Slack takes long to show what came of a press');
  stop.abort();
}
