import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { findUserId } from './find-user-id.ts';
import { type MemberProfile, memberProfileLookup } from './member-profile.ts';

/** The member of the organization who is named by ID or address. */
export async function findMember(
  app: Pick<App, 'table'>,
  organization: string,
  idOrAddress: string,
): Promise<MemberProfile | undefined> {
  const [member] = await lookUp(app.table, [memberProfileLookup(organization, await findUserId(app, idOrAddress))]);
  return member;
}
