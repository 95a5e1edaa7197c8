import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type FunctionDefinition, type FunctionName, functions, type ItemAction } from '../../infra/functions.ts';

/** An action on one of the two tables, as grants name it. */
export type TableAction = `${'mainTable' | 'metricsTable'} ${ItemAction}`;

const current = new AsyncLocalStorage<FunctionName>();
const used = new Map<FunctionName, Set<TableAction>>();
const refusals = new Set<string>();

/**
 * Works as one of the functions: DynamoDB then refuses whatever the table of functions does not grant to it, as it does in
 * an account. The engine of the tests knows no permissions.
 */
export function asFunction<T>(name: FunctionName, work: () => Promise<T>): Promise<T> {
  return current.run(name, work);
}

/** What a function may do, in the words of `usedBy`. */
export function grantedTo(name: FunctionName): ReadonlySet<TableAction> {
  const { mainTable = [], metricsTable = [] }: FunctionDefinition['grants'] = functions[name].grants;
  return new Set([
    ...mainTable.map((action) => `mainTable ${action}` as const),
    ...metricsTable.map((action) => `metricsTable ${action}` as const),
  ]);
}

/** Begins anew: test files share this module with others that ran before them. */
export function forgetUses(): void {
  used.clear();
  refusals.clear();
}

/** What a function has asked for since, refused or not. */
export function usedBy(name: FunctionName): ReadonlySet<TableAction> {
  return used.get(name) ?? new Set();
}

/** What was refused since, in words: a door keeps such an error to itself. */
export function refusedSoFar(): string {
  return [...refusals].join('\n');
}

/** Has a client refuse what is not granted to the function that asks. */
export function holdToGrants(client: DynamoDBClient, metricsTableName: string): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (call) => {
        const name = current.getStore();
        if (name !== undefined) {
          const asked = actionsOf(commandName, call.input as TableInput, metricsTableName);
          used.set(name, new Set([...usedBy(name), ...asked]));
          const refused = asked.filter((action) => !grantedTo(name).has(action));
          if (refused.length > 0) throw new AccessDeniedError(name, refused);
        }
        return next(call);
      },
    { step: 'initialize', name: 'holdToGrants', override: true },
  );
}

class AccessDeniedError extends Error {
  override readonly name = 'AccessDeniedException';

  constructor(name: FunctionName, actions: readonly TableAction[]) {
    super(`infra/functions.ts does not grant ${actions.join(', ')} to ${name}.`);
    refusals.add(this.message);
  }
}

interface TableInput {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
}

/** The steps of a transaction need the rights of their own. */
const stepActions: ReadonlyMap<string, ItemAction> = new Map([
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['ConditionCheck', 'ConditionCheckItem'],
]);

/** The same whether the plain client sends it or the document client, whose commands lack the `Item`. */
function actionsOf(commandName: string, input: TableInput, metricsTableName: string): TableAction[] {
  const on = (table: string | undefined, action: ItemAction): TableAction =>
    `${table === metricsTableName ? 'metricsTable' : 'mainTable'} ${action}`;
  const { TableName, IndexName, RequestItems, TransactItems } = input;
  const name = commandName.replace(/(?:Item)?Command$/, '');
  if (TransactItems !== undefined) {
    return TransactItems.flatMap((step) =>
      Object.entries(step).map(([kind, { TableName: table }]) => on(table, stepActions.get(kind) ?? unknown(kind))),
    );
  }
  if (name === 'Query') return [on(TableName, (IndexName === undefined ? name : `${name} ${IndexName}`) as ItemAction)];
  const tables = RequestItems === undefined ? [TableName] : Object.keys(RequestItems);
  return tables.map((table) => on(table, `${name}Item` as ItemAction));
}

function unknown(kind: string): never {
  throw new TypeError(`no permission is known for ${kind}`);
}
