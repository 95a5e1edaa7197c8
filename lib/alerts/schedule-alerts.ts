import { isoTime } from '../platform/clock.ts';
import type { Queue } from '../platform/queue.ts';
import { type HandOutApp, handOutDigests } from './digests/hand-out-digests.ts';
import { type EvaluationMessage, rulesPerMessage } from './queue-messages.ts';
import { dueShardNumbers, loadDue, type RuleState } from './rule-state-store.ts';

/** SQS holds a message back for a quarter of an hour at most. */
const longestDelaySeconds = 900;

/**
 * Hands all rules that are due to the evaluations queue, those of a project together, and digests that are due to the charts
 * queue, and says how many. Each rule is held back for its grace. It changes nothing itself: running it again for the same time,
 * or late, sends the same rules again, which evaluates to nothing new.
 */
export async function scheduleAlerts(
  app: HandOutApp & { readonly evaluations: Queue<EvaluationMessage> },
  input: { readonly scheduledTime: string },
): Promise<{ readonly due: number; readonly dueDigests: number }> {
  const evaluateAt = isoTime(Date.parse(input.scheduledTime));
  const shards = await Promise.all(dueShardNumbers.map((shard) => Array.fromAsync(loadDue(app, shard, evaluateAt))));
  const due = shards.flat(2);
  for (const [graceSeconds, states] of Map.groupBy(due, graceOf)) {
    await app.evaluations.send(messagesFor(states, evaluateAt), { delaySeconds: graceSeconds });
  }
  return { due: due.length, dueDigests: await handOutDigests(app, evaluateAt) };
}

function graceOf({ graceSeconds = 0 }: RuleState): number {
  return Math.min(graceSeconds, longestDelaySeconds);
}

/** One message for so many rules of a project; those of the same metric stand together, which is then read once. */
function messagesFor(states: readonly RuleState[], evaluateAt: string): EvaluationMessage[] {
  const byProject = Map.groupBy(states, ({ organization, projectId }) => JSON.stringify([organization, projectId]));
  return [...byProject.values()].flatMap((unsorted) => {
    const ofProject = unsorted.toSorted(byAggregate);
    return Array.from({ length: Math.ceil(ofProject.length / rulesPerMessage) }, (_, index) => {
      const some = ofProject.slice(index * rulesPerMessage, (index + 1) * rulesPerMessage);
      const { organization, projectId } = some[0] as RuleState;
      return { organization, projectId, evaluateAt, ruleIds: some.map(({ ruleId }) => ruleId) };
    });
  });
}

function byAggregate({ aggregate: one = '' }: RuleState, { aggregate: other = '' }: RuleState): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
