import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from './synthesize.ts';

/**
 * The CDK app: `npm run synth` runs it directly, `npm run deploy` and `npm run destroy` through the CDK command line, which
 * hands its own context and output folder over in the environment.
 */
const { values } = parseArgs({ options: { context: { type: 'string', short: 'c', multiple: true, default: [] } } });
const given = values.context.map((entry): [string, string] => {
  const [key = '', ...value] = entry.split('=');
  return [key, value.join('=')];
});

/** What cdk.json says: the command line reads it as well, so that both synthesize the same. */
function storedContext(): Record<string, unknown> {
  const file = readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8');
  return (JSON.parse(file) as { readonly context?: Record<string, unknown> }).context ?? {};
}

const { stackName, assets } = await synthesize({ context: { ...storedContext(), ...Object.fromEntries(given) } });
if (process.env['CDK_OUTDIR'] === undefined) {
  console.log(`${stackName}: ${Object.keys(assets).length} functions, template in cdk.out/${stackName}.template.json`);
}
