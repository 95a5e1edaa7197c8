import * as z from 'zod';

const person = z.object({ email: z.string() });
const teamInChannel = z.object({ team: z.string(), channel: z.string() });

/** What a link did, in as much as its page tells of it; kept with the used link, so that the page can be shown again. */
export const linkDeed = z.discriminatedUnion('what', [
  person.extend({ what: z.enum(['identity-linked', 'identity-unlinked']) }),
  teamInChannel.extend({ what: z.enum(['team-linked', 'team-already-linked', 'team-unlinked']) }),
  teamInChannel.extend({ what: z.literal('team-moved'), from: z.string() }),
  z.object({ what: z.enum(['identity-not-linked', 'team-not-linked']) }),
]);

/** What a link did. */
export type LinkDeed = z.infer<typeof linkDeed>;
