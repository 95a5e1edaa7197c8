import type { AnyValue, KeyValue } from './otlp-request.ts';

/** Tags that our queries and rules know, by the attributes that mean them; where several do, the first that is there counts. */
const ours: readonly (readonly [tag: string, attribute: string])[] = [
  ['environment', 'deployment.environment.name'],
  ['environment', 'deployment.environment'],
  ['release', 'service.version'],
];
const renamed = new Set(ours.map(([, attribute]) => attribute));

/**
 * What tells one process from the next, and what no query asks for: as tags they would make a series of every start of a
 * program. Senders are told apart by all attributes all the same.
 */
const ofOneProcess =
  /^(?:process|telemetry|os|container|webengine|k8s\.pod|k8s\.replicaset|host(?=\.(?!name$))|service\.instance|faas\.instance)(?:\.|$)/u;

/** The attributes of a point as tags; lists, maps and bytes are left out. */
export function pointTags(attributes: readonly KeyValue[]): [name: string, value: string][] {
  return attributes.flatMap(({ key, value }) => {
    const text = textOf(value);
    return text === undefined ? [] : [[key, text] as [string, string]];
  });
}

/** The attributes of whoever sends as tags, those first that must not be missing where there are too many. */
export function resourceTags(attributes: readonly KeyValue[]): [name: string, value: string][] {
  const all = new Map(pointTags(attributes));
  const tags: [string, string][] = [];
  for (const [tag, attribute] of [...ours, ['service.name', 'service.name'] as const]) {
    const value = all.get(attribute);
    if (value !== undefined && value !== '') tags.push([tag, value]);
  }
  const others = [...all].filter(([name]) => !(renamed.has(name) || ofOneProcess.test(name)));
  return [...tags, ...others];
}

function textOf(sent: AnyValue | null | undefined): string | undefined {
  switch (sent?.value) {
    case 'stringValue':
      return sent.stringValue ?? '';
    case 'boolValue':
      return String(sent.boolValue);
    case 'intValue':
      return String(sent.intValue);
    case 'doubleValue':
      return String(sent.doubleValue);
    default:
      return undefined;
  }
}
