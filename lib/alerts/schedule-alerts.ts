import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import type { Queue } from '../platform/queue.ts';
import type { EvaluationMessage } from './queue-messages.ts';
import { dueShardNumbers, loadDue } from './rule-state-store.ts';

/**
 * Hands every rule that is due to the evaluations queue, and says how many. It changes nothing itself: running it again
 * for the same time sends the same messages again, which evaluate to nothing new.
 */
export async function scheduleAlerts(
  app: Pick<App, 'table'> & { readonly evaluations: Queue<EvaluationMessage> },
  input: { readonly scheduledTime: string },
): Promise<{ readonly due: number }> {
  const evaluateAt = isoTime(Date.parse(input.scheduledTime));
  const counts = await Promise.all(
    dueShardNumbers.map(async (shard) => {
      let due = 0;
      for await (const page of loadDue(app, shard, evaluateAt)) {
        await app.evaluations.send(page.map(({ ruleId, projectId }) => ({ ruleId, projectId, evaluateAt })));
        due += page.length;
      }
      return due;
    }),
  );
  return { due: counts.reduce((sum, count) => sum + count, 0) };
}
