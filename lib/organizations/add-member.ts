import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { UnavailableError } from '../platform/errors.ts';
import { emailSchema } from './email.ts';
import { type MemberProfile, memberProfile } from './member-profile.ts';
import { insertMember } from './member-store.ts';
import { roles } from './roles.ts';
import { insertUser, readUser, readUserId, type User } from './user-store.ts';

/** What a new member needs. Somebody who is known from another organization keeps the name that is known. */
export const memberInput = z.strictObject({
  organization: z.string(),
  email: emailSchema,
  name: z.string().trim().min(1).max(200).optional(),
  role: z.enum(roles),
});

/** Makes the person with this address a member of an existing organization. @throws ConflictError for a member */
export async function addMember(
  app: Pick<App, 'table' | 'clock'>,
  input: z.infer<typeof memberInput>,
): Promise<MemberProfile> {
  const { organization, email, role } = input;
  const user = (await findUser(app, email)) ?? (await createUser(app, email, input.name ?? nameIn(email)));
  const member = { organization, userId: user.id, role, joinedAt: isoTime(app.clock.now()) };
  await insertMember(app.table, member);
  return memberProfile(member, user);
}

async function findUser(app: Pick<App, 'table'>, email: string): Promise<User | undefined> {
  const id = await readUserId(app.table, email);
  return id === undefined ? undefined : readUser(app.table, id);
}

/** Users have random IDs: they are few, made on their own, and never sorted by age. */
async function createUser(app: Pick<App, 'table' | 'clock'>, email: string, name: string): Promise<User> {
  const user = { id: randomUUID(), email, name, createdAt: isoTime(app.clock.now()) };
  if (await insertUser(app.table, user)) return user;
  // Somebody else added the same person at the same moment.
  const there = await findUser(app, email);
  if (there === undefined) throw new UnavailableError('This person is being added right now. Please try again.', 1);
  return there;
}

function nameIn(email: string): string {
  return email.split('@', 1)[0] ?? email;
}
