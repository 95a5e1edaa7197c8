/** What kind of values a metric takes: counter, distribution, gauge or set. */
export type MetricType = 'c' | 'd' | 'g' | 's';

/** A metric's whole name. As text it is an MRI, `c:custom/checkout.errors@none`; people write `checkout.errors@none`. */
export interface MetricName {
  readonly type: MetricType;
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
}

/** Where metrics of applications live; the namespace that a public name has when it tells none. */
export const customNamespace = 'custom';

const mriForm = /^([cdgs]):(.+)$/su;
const publicForm = /^(?:([a-z][a-z_]{0,39})\/)?([a-z_][a-z0-9_.-]{0,149})(?:@([a-z0-9_%]{1,40}))?$/iu;

/** The name that a public text means, for a metric of this type; undefined when it is no name. The unit is `none` unless told. */
export function parsePublicName(text: string, type: MetricType): MetricName | undefined {
  const [, namespace = customNamespace, name, unit = 'none'] = publicForm.exec(text) ?? [];
  return name === undefined ? undefined : { type, namespace, name, unit };
}

/** The name in an MRI; undefined when it is none. */
export function parseMri(text: string): MetricName | undefined {
  const [, type, rest] = mriForm.exec(text) ?? [];
  if (type === undefined || rest === undefined || !rest.includes('/') || !rest.includes('@')) return undefined;
  return parsePublicName(rest, type as MetricType);
}

/** The name as an MRI, the form in which it is stored. */
export function mri({ type, namespace, name, unit }: MetricName): string {
  return `${type}:${namespace}/${name}@${unit}`;
}

/** The name as people write it; the namespace of applications goes without saying. */
export function publicName({ namespace, name, unit }: MetricName): string {
  return `${namespace === customNamespace ? '' : `${namespace}/`}${name}@${unit}`;
}
