import { createHash } from 'node:crypto';
import * as z from 'zod';

const channel = z.object({
  kind: z.literal('channel'),
  teamId: z.string(),
  channelId: z.string(),
  /** Only shown: a channel is its workspace and id, whatever it is called by now. */
  channelName: z.string(),
});

/** A person, by direct message in one workspace. */
const person = z.object({
  kind: z.literal('person'),
  teamId: z.string(),
  slackUserId: z.string(),
  userId: z.string(),
  name: z.string(),
});

const webhook = z.object({ kind: z.literal('webhook'), url: z.string(), sealedSecret: z.string() });

/** Somebody who was to be told and cannot be: a person who is not linked, a team without a channel. */
const nobody = z.object({
  kind: z.literal('nobody'),
  action: z.object({ type: z.string(), id: z.string() }),
  reason: z.string(),
});

/** A destination in Slack. */
export const slackDestinationSchema = z.discriminatedUnion('kind', [channel, person]);

/** Where a notification goes; what an action of a rule comes to at the moment when something is told. */
export const destinationSchema = z.discriminatedUnion('kind', [channel, person, webhook, nobody]);

/** Where a notification goes. */
export type Destination = z.infer<typeof destinationSchema>;

/** A destination in Slack. */
export type SlackDestination = z.infer<typeof slackDestinationSchema>;

/** Whether the destination is in Slack, where messages can be changed and have threads. */
export function isInSlack(destination: Destination): destination is SlackDestination {
  return destination.kind === 'channel' || destination.kind === 'person';
}

const hashCharacters = 16;

/** Names a destination among those of an incident. Two with the same name are told once. */
export function targetOf(destination: Destination): string {
  switch (destination.kind) {
    case 'channel':
      return `slack:${destination.teamId}:${destination.channelId}`;
    case 'person':
      return `person:${destination.teamId}:${destination.slackUserId}`;
    case 'webhook':
      // An address may hold a secret of its own, which does not belong into keys and logs.
      return `webhook:${createHash('sha256').update(destination.url).digest('hex').slice(0, hashCharacters)}`;
    case 'nobody':
      return `nobody:${destination.action.type}:${destination.action.id}`;
  }
}
