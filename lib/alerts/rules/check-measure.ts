import { QueryRefusedError, QuerySyntaxError } from '../../metrics/index.ts';
import { isCrashFree, type Measured, measureOf } from '../measure.ts';
import { ruleMessages as messages } from '../messages.ts';
import type { Faults } from './check-thresholds.ts';
import { followsLatest } from './follows-latest.ts';
import { type QueryType, queryTypeOf } from './query-type.ts';
import type { AlertRuleBody } from './rule-body.ts';

/** Shares of sessions need some sessions: windows have these lengths, in minutes. */
const crashFreeWindows = [30, 60, 120, 240, 720, 1_440];

/** The names by which clients call where the points of each type of rule come from. */
const datasets: Readonly<Record<QueryType, readonly string[]>> = {
  0: ['events'],
  1: ['generic_metrics', 'transactions'],
  2: ['metrics', 'sessions'],
};

type Asked = Pick<AlertRuleBody, 'queryType' | 'dataset' | 'timeWindow'>;

/** Whether a rule asks for something that can be measured. */
export function checkMeasure(measured: Measured, body: Asked): Faults {
  const { aggregate } = measured;
  const { dataset, timeWindow } = body;
  const queryType = queryTypeOf(aggregate);
  const wrong = whyNone({ aggregate, query: '', environment: null });
  // Conditions can be wrong by themselves.
  const wrongQuery = whyNone(wrong === undefined ? measured : { ...measured, aggregate: 'count()' });
  return {
    ...(wrong !== undefined && { aggregate: [wrong] }),
    ...(wrongQuery !== undefined && { query: [wrongQuery] }),
    ...(isCrashFree(aggregate) && !crashFreeWindows.includes(timeWindow) && { timeWindow: [messages.crashFreeWindow] }),
    ...(body.queryType != null && body.queryType !== queryType && { queryType: [messages.otherQueryType(queryType)] }),
    ...(dataset && !datasets[queryType].includes(dataset) && { dataset: [messages.otherDataset(datasets[queryType])] }),
  };
}

/** The dataset of a type of rule, as clients know it. */
export function datasetOf(queryType: QueryType): string {
  return datasets[queryType][0] ?? '';
}

/** What the query language says of it, or we do; undefined when it can be measured. */
function whyNone(measured: Measured): string | undefined {
  try {
    return followsLatest(measureOf(measured)) ? messages.releaseLatest : undefined;
  } catch (error) {
    if (error instanceof QuerySyntaxError || error instanceof QueryRefusedError) return error.message;
    throw error;
  }
}
