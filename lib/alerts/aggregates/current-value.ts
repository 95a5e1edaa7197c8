import type { QueryingApp } from '../../metrics/index.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { measureOf } from '../measure.ts';
import { answerReadings, readingQuery } from '../reading-query.ts';
import { weighReading } from '../weigh-reading.ts';

/** Windows up to this long are read in ten seconds, longer ones in minutes. */
const longestFineSeconds = 3_600;

/**
 * What a rule measures over the window that ends now; null without data.
 * @throws QuerySyntaxError, QueryRefusedError
 */
export async function currentValue(app: QueryingApp, rule: AlertRule): Promise<number | null> {
  const { windowSeconds } = rule;
  const isFine = windowSeconds <= longestFineSeconds;
  const step = isFine ? 10 : 60;
  const endSeconds = Math.ceil(app.clock.now() / 1_000 / step) * step;
  const span = { startSeconds: endSeconds - windowSeconds, endSeconds, isFine };
  const [reading] = await answerReadings(app, [readingQuery(app, rule, measureOf(rule), span)]);
  const weighed = reading && weighReading(rule, reading);
  return weighed?.kind === 'value' ? weighed.told : null;
}
