import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { emailSchema } from './email.ts';
import { readUserId } from './user-store.ts';

/** The ID of the user who is named by ID or address; undefined for an address that nobody has. */
export async function findUserId(app: Pick<App, 'table'>, idOrAddress: string): Promise<string | undefined> {
  if (z.uuid().safeParse(idOrAddress).success) return idOrAddress.toLowerCase();
  const address = emailSchema.safeParse(idOrAddress);
  return address.success ? readUserId(app.table, address.data) : undefined;
}
