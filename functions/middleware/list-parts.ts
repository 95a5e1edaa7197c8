import * as z from 'zod';
import type { Clock } from '../../lib/platform/clock.ts';
import type { ApiApp } from './api-door.ts';
import { apiParts, apiSettings } from './api-parts.ts';

/** What a function of the API reads of its environment that answers with lists in pages. */
export const listSettings = apiSettings.extend({ PUBLIC_URL: z.url() });

/** What such a function needs; the links to other pages begin with the address where clients reach this installation. */
export type ListApp = ApiApp & { readonly publicUrl: string };

/** The parts of its app that follow from these settings. */
export function listParts(
  config: z.infer<typeof listSettings>,
  base: { readonly clock: Clock },
): ReturnType<typeof apiParts> & Pick<ListApp, 'publicUrl'> {
  return { ...apiParts(config, base), publicUrl: config.PUBLIC_URL };
}
