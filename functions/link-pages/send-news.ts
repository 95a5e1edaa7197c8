import { type SendingOutcome, sendOutgoing } from '../../lib/slack/index.ts';
import { pageMessages } from '../pages/messages.ts';
import type { SlackLinkApp } from '../slack-link.ts';

/** Somebody waits for the page; what takes longer is sent later, by whoever looks after the outbox. */
const patienceMs = 18_000;

/** What a page says about the messages that went to Slack. */
export interface ToldOf {
  readonly told?: string;
  readonly problem?: string;
}

/** Sends what a link has left in the outbox at once, and tells how that went. That it was done does not depend on it. */
export async function sendNews(app: SlackLinkApp, messages: readonly string[]): Promise<ToldOf> {
  const sender = { ...app, slack: app.slack.within(patienceMs) };
  const outcomes: SendingOutcome[] = [];
  for (const id of messages) outcomes.push(await sendOrWait(sender, id));
  const refused = outcomes.find((one) => one.outcome === 'refused');
  if (refused !== undefined) return { problem: pageMessages.linkPages.notTold(refused.advice) };
  if (outcomes.some(({ outcome }) => outcome === 'waiting')) return { told: pageMessages.linkPages.toldLater };
  return outcomes.length === 0 ? {} : { told: pageMessages.linkPages.toldInSlack };
}

async function sendOrWait(app: SlackLinkApp, id: string): Promise<SendingOutcome> {
  try {
    return await sendOutgoing(app, id);
  } catch (error) {
    app.log.error('a message could not be sent, and is left to the outbox', error, { outgoing: id });
    return { outcome: 'waiting' };
  }
}
