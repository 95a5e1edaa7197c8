import { foldMessages } from '../../lib/metrics/fold-messages.ts';
import { type PointMessage, pointMessage, type WireMessage } from '../../lib/metrics/point-message.ts';
import { crashingTable, type FoldingTestApp, restarted } from './folding-app.ts';
import type { Dice } from './pseudo-random.ts';

/** What went wrong on the way, so that a test can tell whether anything did. */
export interface Trouble {
  crashes: number;
  redelivered: number;
  together: number;
}

/**
 * Has a worker count messages as a queue hands them to it on a bad day: in any order, in any company, some again after they
 * were done, some to two workers at once; and the process ends now and then, before or behind any of its writes.
 */
export async function countUnruly(app: FoldingTestApp, messages: readonly WireMessage[], dice: Dice): Promise<Trouble> {
  const trouble: Trouble = { crashes: 0, redelivered: 0, together: 0 };
  const done: WireMessage[] = [];
  let worker = app;
  const deliver = async (batch: readonly WireMessage[], crashes: boolean): Promise<WireMessage[]> => {
    const table = crashes
      ? crashingTable(app.metricsTable, dice.between(0, 60), dice.oneOf(['before', 'behind']))
      : app.metricsTable;
    // A process that has not ended remembers what it has written.
    worker = crashes || dice.happens(0.2) ? restarted(app, table) : { ...worker, metricsTable: table };
    const failed = await foldMessages(worker, batch.map(read));
    if (failed.size > 0) trouble.crashes += 1;
    if (failed.size > 0) worker = restarted(app);
    return batch.filter(({ batchId }) => failed.has(batchId));
  };
  for (let open = dice.shuffled(messages); open.length > 0; ) {
    const batch = open.slice(0, dice.between(1, 50));
    const again = dice.happens(0.5) ? dice.shuffled(done).slice(0, 5) : [];
    trouble.redelivered += again.length;
    const isTwice = dice.happens(0.3);
    trouble.together += Number(isTwice);
    const first = deliver([...batch, ...again], dice.happens(0.5));
    const second = isTwice ? deliver(dice.shuffled(batch).slice(0, 10), dice.happens(0.5)) : [];
    const failed = new Set([...(await first), ...(await second)]);
    done.push(...batch.filter((message) => !failed.has(message)));
    open = [...open.slice(batch.length), ...failed].filter((message) => !done.includes(message));
    if (dice.happens(0.3)) open = dice.shuffled(open);
  }
  return trouble;
}

function read(message: WireMessage): PointMessage {
  return pointMessage.parse(JSON.parse(JSON.stringify(message)));
}
