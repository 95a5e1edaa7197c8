import * as z from 'zod';
import type { MemberProfile } from './member-profile.ts';

/** A person as our API shows them. */
export const userJson = z
  .object({
    id: z.string(),
    name: z.string(),
    username: z.string().meta({ description: 'The address: people sign in with it.' }),
    email: z.string(),
  })
  .meta({ id: 'User' });

/** A person as our API shows them. */
export type UserJson = z.infer<typeof userJson>;

/** Shows a member as the person that they are. */
export function serializeUser({ userId, name, email }: Pick<MemberProfile, 'userId' | 'name' | 'email'>): UserJson {
  return { id: userId, name, username: email, email };
}
