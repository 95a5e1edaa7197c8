import * as z from 'zod';
import { type TokenCache, tokenCache } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import type { Clock } from '../../lib/platform/clock.ts';
import { openTable } from '../../lib/platform/table.ts';

/** What every function of the API reads of its environment. */
export const apiSettings = z.object({ TABLE_NAME: z.string() });

/** The parts of its app that follow from that. */
export function apiParts(
  config: z.infer<typeof apiSettings>,
  { clock }: { readonly clock: Clock },
): Pick<App, 'table'> & { readonly tokens: TokenCache } {
  return { table: openTable(config.TABLE_NAME), tokens: tokenCache(clock) };
}
