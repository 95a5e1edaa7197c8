import type { QueryingApp } from '../../metrics/index.ts';
import { answerReadings } from '../reading-query.ts';
import { weighReading } from '../weigh-reading.ts';
import { buildIncidentQuery, type IncidentQuestion } from './build-incident-query.ts';

/** What a rule measured over the time of an incident. */
export interface IncidentAggregates {
  /** In the terms of the rule: a number of events, per cent without a crash, per cent of an earlier value; null without data. */
  readonly count: number | null;
}

/**
 * What the metrics say of an incident as a whole, or of a part of its time.
 * @throws QuerySyntaxError, QueryRefusedError when the rule's query makes no sense, or is too much to be read
 */
export async function getIncidentAggregates(app: QueryingApp, question: IncidentQuestion): Promise<IncidentAggregates> {
  const [reading] = await answerReadings(app, [buildIncidentQuery(app, question)]);
  const weighed = reading && weighReading(question.rule, reading);
  return { count: weighed?.kind === 'value' ? weighed.told : null };
}
