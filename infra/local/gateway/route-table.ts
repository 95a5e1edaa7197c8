import type { MethodModel } from '../template/stack-model.ts';

/** A method that serves a request, with the values of its path variables as they were sent: still percent-encoded. */
export interface RouteMatch {
  readonly method: MethodModel;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the method that serves a request. */
export type RouteTable = (httpMethod: string, rawPath: string) => RouteMatch | undefined;

/** `ANY` stands for these. */
const anyMethods: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

interface Node {
  readonly literals: Map<string, Node>;
  readonly variables: Map<string, Node>;
  readonly greedy: Map<string, Node>;
  readonly methods: Map<string, MethodModel>;
}

/**
 * Makes the route table of a REST API. API Gateway picks the most specific pair of resource *and* method: a literal
 * segment before a variable, a variable before a greedy one, and a resource without the method gives way to a less
 * specific one that has it. A trailing slash does not matter, and an empty segment fills no variable.
 */
export function createRouteTable(methods: readonly MethodModel[]): RouteTable {
  const root = emptyNode();
  for (const method of methods) {
    const node = segments(method.resourcePath).reduce(descend, root);
    node.methods.set(method.httpMethod, method);
  }
  return (httpMethod, rawPath) => find(root, segments(rawPath), httpMethod, {});
}

function find(
  node: Node,
  path: readonly string[],
  httpMethod: string,
  found: Readonly<Record<string, string>>,
): RouteMatch | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) {
    const method = node.methods.get(httpMethod) ?? (anyMethods.has(httpMethod) ? node.methods.get('ANY') : undefined);
    return method && { method, pathParameters: found };
  }
  const literal = node.literals.get(segment);
  const exact = literal && find(literal, rest, httpMethod, found);
  if (exact !== undefined || segment === '') return exact;
  for (const [name, child] of node.variables) {
    const match = find(child, rest, httpMethod, { ...found, [name]: segment });
    if (match !== undefined) return match;
  }
  for (const [name, child] of node.greedy) {
    const match = find(child, [], httpMethod, { ...found, [name]: path.join('/') });
    if (match !== undefined) return match;
  }
  return undefined;
}

function descend(node: Node, segment: string): Node {
  const [, name, plus] = /^\{([^+}]+)(\+?)\}$/.exec(segment) ?? [];
  const children = name === undefined ? node.literals : plus === '+' ? node.greedy : node.variables;
  const key = name ?? segment;
  const child = children.get(key) ?? emptyNode();
  children.set(key, child);
  return child;
}

function segments(path: string): string[] {
  const inner = path.replace(/^\//, '').replace(/\/$/, '');
  return inner === '' ? [] : inner.split('/');
}

function emptyNode(): Node {
  return { literals: new Map(), variables: new Map(), greedy: new Map(), methods: new Map() };
}
