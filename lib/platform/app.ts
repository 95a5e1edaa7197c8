import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { SnowflakeIds } from './snowflake.ts';
import type { Table } from './table.ts';

/**
 * What use cases are given of the outside world. A use case names the parts that it needs (`Pick<App, 'table' | 'clock'>`),
 * a function builds those and no others, once per start; domains add parts of their own.
 */
export interface App {
  readonly table: Table;
  readonly ids: SnowflakeIds;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}
