import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What some work asked of DynamoDB. Units are those that are billed, of tables and their indexes together. */
export interface Consumption {
  /** Requests as they went out, retries and refused ones included. */
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Requests by operation, such as `BatchGetItem`. */
  readonly operations: Readonly<Record<string, number>>;
}

/** Adds up what a client consumes; the figures are the engine's own (`ReturnConsumedCapacity`), not estimates. */
export interface CapacityMeter {
  /** Counts every request of the client from now on. */
  watch(client: DynamoDBClient): void;
  /** Does the work and tells what it consumed. Nothing else may use the client meanwhile. */
  during<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly consumed: Consumption }>;
}

const readOperations: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

/** A meter that has counted nothing yet. A refused request counts as one, without units: its answer tells none. */
export function capacityMeter(): CapacityMeter {
  const requests = new Map<string, number>();
  let readUnits = 0;
  let writeUnits = 0;

  const standing = (): Consumption => ({
    requests: [...requests.values()].reduce((sum, count) => sum + count, 0),
    readUnits,
    writeUnits,
    operations: Object.fromEntries(requests),
  });

  return {
    watch(client) {
      client.middlewareStack.add(
        (next, context) => async (call) => {
          const answer = await next({ ...call, input: { ...call.input, ReturnConsumedCapacity: 'TOTAL' } } as never);
          const units = unitsOf(answer.output);
          if (readOperations.has(operationOf(context))) readUnits += units;
          else writeUnits += units;
          return answer;
        },
        { step: 'initialize', name: 'addUpUnits', override: true },
      );
      client.middlewareStack.add(
        (next, context) => (call) => {
          const operation = operationOf(context);
          requests.set(operation, (requests.get(operation) ?? 0) + 1);
          return next(call);
        },
        // Behind the SDK's own retries, so that each attempt counts.
        { step: 'finalizeRequest', priority: 'low', name: 'countRequests', override: true },
      );
    },
    async during(work) {
      const before = standing();
      const result = await work();
      return { result, consumed: difference(standing(), before) };
    },
  };
}

/** What one consumption has beyond another. */
export function difference(of: Consumption, beyond: Consumption): Consumption {
  const operations = Object.entries(of.operations)
    .map(([name, count]) => [name, count - (beyond.operations[name] ?? 0)] as const)
    .filter(([, count]) => count !== 0);
  return {
    requests: of.requests - beyond.requests,
    readUnits: of.readUnits - beyond.readUnits,
    writeUnits: of.writeUnits - beyond.writeUnits,
    operations: Object.fromEntries(operations),
  };
}

/** `BatchGetItemCommand`, or `BatchGetCommand` of the document client, under the name that the service has for it. */
function operationOf({ commandName = '' }: { readonly commandName?: string }): string {
  const name = commandName.replace(/Command$/, '');
  if (name === 'TransactWrite' || name === 'TransactGet') return `${name}Items`;
  return name.endsWith('Item') || name.endsWith('Items') || name === 'Query' || name === 'Scan' ? name : `${name}Item`;
}

/** One figure for a request on one table, a list of them for batches and transactions. */
function unitsOf(output: unknown): number {
  const { ConsumedCapacity: consumed } = output as { readonly ConsumedCapacity?: Capacity | readonly Capacity[] };
  return [consumed ?? []].flat().reduce((sum, { CapacityUnits: units = 0 }) => sum + units, 0);
}

interface Capacity {
  readonly CapacityUnits?: number;
}
