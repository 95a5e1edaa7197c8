import type { SlackPlace } from './slack-page.ts';

/** The sample people: their addresses here, and who they are in Slack. */
export const people = {
  olivia: { email: 'olivia@acme.example', slackUserId: 'U0OLIVIA01' },
  marco: { email: 'marco@acme.example', slackUserId: 'U0MARCO001' },
  ada: { email: 'ada@acme.example', slackUserId: 'U0ADA00001' },
  mia: { email: 'mia@acme.example', slackUserId: 'U0MIA00001' },
  sam: { email: 'sam@elsewhere.example', slackUserId: 'U0SAM00001' },
} as const;

export type Person = keyof typeof people;

const channels = { alerts: 'C0ALERTS01', general: 'C0GENERAL1', backend: 'C0BACKEND1' } as const;

/** A channel of the workspace in which the app is from the beginning, as somebody sees it. */
export function inChannel(channel: keyof typeof channels, person: Person): SlackPlace {
  return { team: 'T0ACME001', channel: channels[channel], viewer: people[person].slackUserId };
}

/** The direct messages of somebody with the app. */
export function inDirectMessages(person: Person): SlackPlace {
  const viewer = people[person].slackUserId;
  return { team: 'T0ACME001', channel: viewer.replace(/^U/, 'D'), viewer };
}
