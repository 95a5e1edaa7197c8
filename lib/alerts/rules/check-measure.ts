import { readAggregate } from '../aggregate.ts';
import { ruleMessages as messages } from '../messages.ts';
import type { Faults } from './check-thresholds.ts';
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

type Measured = Pick<AlertRuleBody, 'aggregate' | 'query' | 'queryType' | 'dataset' | 'timeWindow'>;

/** Whether a rule asks for something that can be measured. */
export function checkMeasure(body: Measured): Faults {
  const queryType = queryTypeOf(body.aggregate);
  const { query, dataset, timeWindow } = body;
  return {
    ...(/(?<![\w.])release:"?latest"?(?![\w.@-])/u.test(query ?? '') && { query: [messages.releaseLatest] }),
    ...(readAggregate(body.aggregate).kind === 'crash-free' &&
      !crashFreeWindows.includes(timeWindow) && { timeWindow: [messages.crashFreeWindow] }),
    ...(body.queryType != null && body.queryType !== queryType && { queryType: [messages.otherQueryType(queryType)] }),
    ...(dataset && !datasets[queryType].includes(dataset) && { dataset: [messages.otherDataset(datasets[queryType])] }),
  };
}

/** The dataset of a type of rule, as clients know it. */
export function datasetOf(queryType: QueryType): string {
  return datasets[queryType][0] ?? '';
}
