import { queryMessages } from '../messages.ts';
import type { MetricReference } from './syntax-tree.ts';
import type { TextCursor } from './text-cursor.ts';
import { tokens } from './tokens.ts';

const { expected, hints } = queryMessages;

/** Reads the name of a metric, in backquotes or not. @throws QuerySyntaxError when there is none */
export function parseMetric(cursor: TextCursor): MetricReference {
  if (cursor.sees(/`/y)) {
    const [, mri] = cursor.take(tokens.quotedMri) ?? [];
    if (mri !== undefined) return { mri };
    const [, publicName] = cursor.take(tokens.quotedName) ?? [];
    return publicName === undefined ? cursor.fail(expected.metric, hints.inBackquotes) : { publicName };
  }
  const [mri] = cursor.take(tokens.mri) ?? [];
  if (mri !== undefined) return { mri };
  if (cursor.sees(tokens.variable)) cursor.fail(expected.metric, hints.variables);
  const [publicName] = cursor.take(tokens.publicName) ?? [];
  if (publicName !== undefined) return { publicName };
  return cursor.fail(expected.operand, cursor.sees(/[\p{L}_.]/uy) ? hints.publicNames : undefined);
}
