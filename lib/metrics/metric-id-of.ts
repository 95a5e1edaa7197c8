import { InvalidFieldsError, RefusalError } from '../platform/errors.ts';
import { queryMessages } from './messages.ts';
import { mri } from './metric-name.ts';
import { resolveMetric } from './mql/resolve-metrics.ts';

/** The id of a metric that is named by its id or by the public name of a well-known one. @throws InvalidFieldsError */
export function metricIdOf(named: string | undefined): string {
  if (named === undefined || named === '') throw new InvalidFieldsError({ metric: [queryMessages.metricNeeded] });
  try {
    return mri(resolveMetric(named.includes(':') ? { mri: named } : { publicName: named }));
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    throw new InvalidFieldsError({ metric: [error.message] }, { cause: error });
  }
}
