import type { FunctionName } from './functions.ts';

/**
 * How many kilobytes (of 1,000 bytes, minified) each bundle may have: what it had when the line was written and a tenth more.
 * A cold start reads and compiles all of it, so a line is raised only by somebody who knows what came in (dist/meta.json says).
 */
export const bundleCeilingKilobytes: Readonly<Partial<Record<FunctionName, number>>> = {};
