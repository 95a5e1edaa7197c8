import { customNamespace, type MetricName, type MetricType, parsePublicName } from './metric-name.ts';
import { normaliseUnit } from './normalise-unit.ts';

/**
 * The name of a metric of an application, whatever it is called there: slashes are dots, other characters that our names do
 * not have are underscores, and so is what stands before a digit at the beginning. Undefined for none, and for one of more
 * than 150 characters.
 */
export function normaliseName(type: MetricType, name: string, unit: string): MetricName | undefined {
  const plain = name
    .trim()
    .replaceAll('/', '.')
    .replace(/[^A-Za-z0-9_.-]/gu, '_');
  if (plain === '') return undefined;
  const begun = /^[A-Za-z_]/u.test(plain) ? plain : `_${plain}`;
  return parsePublicName(`${customNamespace}/${begun}@${normaliseUnit(unit)}`, type);
}
