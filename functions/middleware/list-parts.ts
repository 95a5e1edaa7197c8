import * as z from 'zod';
import { type TokenCache, tokenCache } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import type { Clock } from '../../lib/platform/clock.ts';
import { openTable } from '../../lib/platform/table.ts';
import type { ApiApp } from './api-door.ts';

/** What a function of the API reads of its environment that answers with lists in pages. */
export const listSettings = z.object({ TABLE_NAME: z.string(), PUBLIC_URL: z.url() });

/** What such a function needs; the links to other pages begin with the address where clients reach this installation. */
export type ListApp = ApiApp & { readonly publicUrl: string };

/** The parts of its app that follow from these settings. */
export function listParts(
  config: z.infer<typeof listSettings>,
  { clock }: { readonly clock: Clock },
): Pick<App, 'table'> & { readonly tokens: TokenCache; readonly publicUrl: string } {
  return { table: openTable(config.TABLE_NAME), tokens: tokenCache(clock), publicUrl: config.PUBLIC_URL };
}
