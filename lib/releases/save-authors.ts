import { findMembersByAddress } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { itemOfAuthor, readAuthors } from './author-store.ts';
import type { PreparedCommit } from './prepare-commits.ts';
import type { Author } from './release-record.ts';

/**
 * Knows the authors of commits from now on: a member whose address it is with the member's name, anybody else with the name that
 * was told last.
 * Two reads a hundred authors, one more for those who may be members, and one write for twenty-five that are new or changed.
 */
export async function saveAuthors(
  app: Pick<App, 'table'>,
  organization: string,
  commits: readonly PreparedCommit[],
): Promise<Map<string, Author>> {
  const named = new Map<string, string | undefined>();
  // The list is newest first: the name in the newest commit counts.
  for (const { author } of commits) {
    if (author !== undefined && named.get(author.email) === undefined) named.set(author.email, author.name);
  }
  const emails = [...named.keys()];
  const [standing, members] = await Promise.all([
    readAuthors(app.table, organization, emails),
    findMembersByAddress(app, organization, emails),
  ]);
  const authors = emails.map((email): Author => {
    const member = members.get(email);
    // Whoever is a member has the name that they gave themselves here, whatever their git says.
    const name = member?.name ?? named.get(email) ?? standing.get(email)?.name ?? null;
    return { email, name, ...(member !== undefined && { userId: member.userId }) };
  });
  const changed = authors.filter(({ email, name, userId }) => {
    const known = standing.get(email);
    return known === undefined || known.name !== name || known.userId !== userId;
  });
  await app.table.batchWrite(changed.map((author) => ({ put: itemOfAuthor(organization, author) })));
  return new Map(authors.map((author) => [author.email, author]));
}
