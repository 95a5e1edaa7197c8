/** A table as data, so that the stack, the local engine and the tests create the very same one. */
export interface TableShape {
  readonly name: 'main' | 'metrics';
  readonly indexes: readonly string[];
}

/** The attribute that DynamoDB's time-to-live reads; seconds since the Unix epoch. */
export const ttlAttribute = 'expiresAt';

/** Everything but metric points; the items are listed in docs/data-model.md. */
export const mainTable: TableShape = { name: 'main', indexes: ['gsi1', 'gsi2'] };

/** Metric points only: they come in another rhythm and leave by time-to-live. */
export const metricsTable: TableShape = { name: 'metrics', indexes: [] };

/** The partition and sort key attributes of the table itself or of one of its indexes; all are strings. */
export function keyAttributes(index?: string): { partition: string; sort: string } {
  return index === undefined ? { partition: 'pk', sort: 'sk' } : { partition: `${index}pk`, sort: `${index}sk` };
}
