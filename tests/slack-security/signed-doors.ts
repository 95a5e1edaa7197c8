import { type HttpHandler, httpDoor } from '../../functions/middleware/http-door.ts';
import { door as actions } from '../../functions/slack-actions.ts';
import { door as commands } from '../../functions/slack-commands.ts';
import { door as events } from '../../functions/slack-events.ts';
import type { ReceivedAnswer } from './send.ts';
import type { SlackDoorApp } from './world.ts';

/** A door that Slack alone may call. A new one is attacked in every way by being named here. */
export interface SignedDoor {
  readonly name: string;
  readonly resource: string;
  readonly contentType: string;
  open(app: SlackDoorApp): HttpHandler;
  /** A body that carries a text, and that is answered with 200 when Slack signed it. */
  saying(text: string): Buffer;
  /** What of that text was understood; undefined where neither the answer nor the app tells. */
  heard?(answer: ReceivedAnswer, app: SlackDoorApp): string;
}

const form = 'application/x-www-form-urlencoded';

export const signedDoors: readonly SignedDoor[] = [
  {
    name: 'slack-commands',
    resource: '/extensions/slack/commands',
    contentType: form,
    open: (app) => httpDoor(commands as never, async () => app),
    saying: (text) =>
      Buffer.from(new URLSearchParams({ team_id: 'T0ACME001', user_id: 'U0ADA00001', text }).toString()),
    heard: ({ body }) => /^Unknown command: `(.*)`\. /su.exec(textOf(body))?.[1] ?? '',
  },
  {
    name: 'slack-actions',
    resource: '/extensions/slack/action',
    contentType: form,
    open: (app) => httpDoor(actions as never, async () => app),
    saying: (text) => Buffer.from(new URLSearchParams({ payload: pressed(text) }).toString()),
  },
  {
    name: 'slack-events',
    resource: '/extensions/slack/event',
    contentType: 'application/json',
    open: (app) => httpDoor(events as never, async () => app),
    saying: (text) => {
      const event = { type: 'message', channel: 'D0ADA00001', user: 'U0ADA00001', text };
      return Buffer.from(JSON.stringify({ team_id: 'T0ACME001', event_id: 'Ev1', event }));
    },
    heard: (_, app) =>
      app.slackJobs
        .takeAll()
        .flatMap((job) => (job.kind === 'direct-message' ? job.text : []))
        .at(-1) ?? '',
  },
  {
    name: 'slack-actions',
    resource: '/extensions/slack/action',
    contentType: form,
    open: (app) => httpDoor(actions as never, async () => app),
    saying: (text) =>
      Buffer.from(new URLSearchParams({ payload: JSON.stringify({ type: 'shortcut', text }) }).toString()),
  },
];

/** A button that none of our messages has, for which there is nothing to do. */
function pressed(text: string): string {
  const user = { id: 'U0ADA00001', username: text };
  const actions = [{ type: 'button', action_id: 'of.somebody.else', value: text }];
  return JSON.stringify({ type: 'block_actions', team: { id: 'T0ACME001' }, user, actions });
}

/** The text of the first block. */
function textOf(body: string): string {
  const { blocks } = JSON.parse(body) as { blocks: { text: { text: string } }[] };
  return blocks[0]?.text.text ?? '';
}
