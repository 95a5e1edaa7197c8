import { requireReachedIncident } from '../../lib/alerts/index.ts';
import { messages } from './messages.ts';
import { type PressApp, type PressScene, reachOf } from './press-scene.ts';

/** How far back the chart goes that a button asks for. */
const hours = 24;

/**
 * Has the last day of an incident's rule drawn, into the thread of the message that was pressed. Says what only the person
 * who pressed should read.
 * @throws NotFoundError, UnauthenticatedError, UnavailableError
 */
export async function pressChart(app: PressApp, scene: PressScene): Promise<string> {
  const { press, teamId, slackUserId, payload } = scene;
  const { organization } = press;
  const identifier = Number(press.id);
  const { ruleId } = await requireReachedIncident(app, { organization, identifier, reach: reachOf(scene) });
  const { channel_id: channelId, message_ts: messageTs, thread_ts: threadTs } = payload.container ?? {};
  if (channelId === undefined) return messages.noPlace;
  await app.charts.send([
    {
      kind: 'rule-chart',
      organization,
      ruleId,
      incident: identifier,
      hours,
      teamId,
      channelId,
      threadTs: payload.message?.thread_ts ?? threadTs ?? messageTs,
      slackUserId,
      responseUrl: payload.response_url,
    },
  ]);
  return messages.drawing;
}
