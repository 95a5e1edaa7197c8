import { acknowledgeIncident, type IncidentOutcome, resolveIncident } from '../../lib/alerts/index.ts';
import { messages } from './messages.ts';
import { named, type PressApp, type PressScene, reachOf, shownTime } from './press-scene.ts';

/**
 * Acknowledges or resolves an incident; the messages about it change by themselves. Says what only the person who pressed
 * should read: that somebody else was faster, or where to look for what they did.
 * @throws NotFoundError, UnauthenticatedError, UnavailableError
 */
export async function pressIncident(app: PressApp, scene: PressScene): Promise<string | undefined> {
  const { press, member, teamId, slackUserId } = scene;
  const act = press.action === 'incident.acknowledge' ? acknowledgeIncident : resolveIncident;
  const by = { userId: member.userId, name: member.name, slack: { teamId, slackUserId } };
  const { organization, id } = press;
  return noteOf(await act(app, { organization, identifier: Number(id), by, reach: reachOf(scene) }), scene);
}

function noteOf(outcome: IncidentOutcome, { press, member, teamId, payload }: PressScene): string | undefined {
  const wanted = press.action === 'incident.acknowledge' ? 'acknowledged' : 'resolved';
  const where = isInThread(payload) ? messages.incidentDoneAbove(wanted) : undefined;
  if (outcome.outcome === 'done') return where;
  if (outcome.outcome === 'over') return messages.incidentOver;
  if (outcome.outcome === 'unfollowed') return messages.incidentUnfollowed;
  const { kind, at, by } = outcome.deed;
  // Slack sends a press again, and fingers press twice: that is no news to the one who did it.
  if (by.userId === member.userId && kind === wanted) return where;
  const who = by.slack?.teamId === teamId ? messages.mention(by.slack.slackUserId) : named(by.name);
  return messages.incidentBefore(who, kind, shownTime(at));
}

/** Replies have had such buttons, stand in channels for years, and are not brought up to date; the first message of a thread is. */
function isInThread({ container, message }: PressScene['payload']): boolean {
  const threadTs = message?.thread_ts ?? container?.thread_ts;
  return threadTs !== undefined && threadTs !== container?.message_ts;
}
