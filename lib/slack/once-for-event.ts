import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { epochSeconds, isoTime } from '../platform/clock.ts';
import { AtWorkError } from '../platform/errors.ts';
import { itemType } from '../platform/item-type.ts';
import { ConditionFailedError } from '../platform/table.ts';
import { messages } from './messages.ts';

/** Longer than the queue's consumer may run. */
const claimMs = 90_000;
/** Longer than the queue keeps a message, so that none is ever new again. */
const keptSeconds = 6 * 86_400;

const eventItem = itemType({
  name: 'Slack event',
  schema: z.object({
    teamId: z.string(),
    eventId: z.string(),
    state: z.enum(['working', 'done']),
    claimedUntil: z.string(),
  }),
  key: (at: EventAddress) => ({ pk: `SLACK_EVENT#${at.teamId}#${at.eventId}`, sk: 'EVENT' }),
  address: (value): EventAddress => value,
});

/** Which event. */
export interface EventAddress {
  readonly teamId: string;
  readonly eventId: string;
}

/**
 * Does the work that an event asks for, once, however often and wherever it is delivered at the same time. Work that failed
 * is done by the next delivery; work whose process died, after a while.
 * @throws AtWorkError while another delivery of the event is at work, and whatever the work throws
 */
export async function onceForEvent(
  app: Pick<App, 'table' | 'clock'>,
  event: EventAddress,
  work: () => Promise<void>,
): Promise<void> {
  if (!(await take(app, event))) return;
  try {
    await work();
  } catch (error) {
    await save(app, event, { state: 'working', claimedUntil: isoTime(app.clock.now()) });
    throw error;
  }
  await save(app, event, { state: 'done', claimedUntil: isoTime(app.clock.now()) });
}

/** Takes an event; `false` when its work is done. */
async function take(app: Pick<App, 'table' | 'clock'>, { teamId, eventId }: EventAddress): Promise<boolean> {
  const nowMs = app.clock.now();
  const item = eventItem.toItem({ teamId, eventId, state: 'working', claimedUntil: isoTime(nowMs + claimMs) });
  try {
    await app.table.put(
      { ...item, expiresAt: epochSeconds(app.clock) + keptSeconds },
      {
        expression: 'attribute_not_exists(pk) OR (#state = :working AND claimedUntil <= :now)',
        names: { '#state': 'state' },
        values: { ':working': 'working', ':now': isoTime(nowMs) },
      },
    );
    return true;
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const [there] = error.failed;
    if (there !== undefined && there !== true && eventItem.fromItem(there).state === 'done') return false;
    throw new AtWorkError(messages.eventTaken, { cause: error });
  }
}

async function save(
  app: Pick<App, 'table'>,
  event: EventAddress,
  { state, claimedUntil }: { readonly state: 'working' | 'done'; readonly claimedUntil: string },
): Promise<void> {
  await app.table.update(eventItem.key(event), {
    expression: 'SET #state = :state, claimedUntil = :until',
    names: { '#state': 'state' },
    values: { ':state': state, ':until': claimedUntil },
  });
}
