import { openApi } from './openapi-contract.ts';

/** A part of a JSON schema, as far as the fuzzer understands it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
}

/** An operation of the document: what it takes, whom it lets pass, what it answers. */
export interface Operation {
  readonly method: string;
  /** With a slash at the end, as clients write it. */
  readonly path: string;
  readonly pathParameters: readonly string[];
  readonly queryParameters: readonly string[];
  readonly body: JsonSchema | undefined;
  /** Empty when any token will do. */
  readonly scopes: readonly string[];
  readonly paged: boolean;
}

interface DocumentedOperation {
  readonly description?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<Record<string, { readonly headers?: Readonly<Record<string, unknown>> }>>;
}

/** Every operation that the document of the API lists: who adds one has it tried with the others. */
export const operations: readonly Operation[] = Object.entries(openApi.paths).flatMap(([path, byMethod]) =>
  Object.entries(byMethod as unknown as Readonly<Record<string, DocumentedOperation>>).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path,
    pathParameters: namesIn(operation, 'path'),
    queryParameters: namesIn(operation, 'query'),
    body: operation.requestBody?.content['application/json']?.schema,
    scopes: /^Scopes, any of: (.*)\.$/.exec(operation.description ?? '')?.[1]?.split(', ') ?? [],
    paged: operation.responses['200']?.headers?.['Link'] !== undefined,
  })),
);

/** The address with its variables filled in, each as it is to stand there. */
export function addressOf({ path }: Operation, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** What a `$ref` leads to. */
export function resolved(schema: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const parts = schema.$ref.replace(/^#\//, '').split('/');
  return resolved(parts.reduce((at: unknown, part) => (at as Record<string, unknown>)[part], openApi) as JsonSchema);
}

function namesIn({ parameters = [] }: DocumentedOperation, place: string): string[] {
  return parameters.filter((one) => one.in === place).map(({ name }) => name);
}
