import type { App } from '../platform/app.ts';
import { type Page, type PageRequest, readPage, sourceOf } from '../platform/pagination.ts';
import { type MemberProfile, memberProfile } from './member-profile.ts';
import { memberSource } from './member-store.ts';
import { type Team, teamSource } from './team-store.ts';
import { type TokenDescription, tokenDescription } from './token-description.ts';
import { readTokens } from './token-store.ts';
import { readUsers } from './user-store.ts';

/** One page of an organization's list. */
export interface OrganizationPage {
  readonly organization: string;
  readonly page: PageRequest;
}

/** A page of the teams of an organization, by slug. */
export async function pageOfTeams(app: Pick<App, 'table'>, input: OrganizationPage): Promise<Page<Team>> {
  return readPage(input.page, teamSource(app.table, input.organization));
}

/** A page of the members of an organization, with one query and one read of the people. */
export async function pageOfMembers(app: Pick<App, 'table'>, input: OrganizationPage): Promise<Page<MemberProfile>> {
  const page = await readPage(input.page, memberSource(app.table, input.organization));
  const users = await readUsers(
    app.table,
    page.items.map(({ userId }) => userId),
  );
  const byId = new Map(users.map((user) => [user.id, user]));
  const items = page.items.flatMap((member) => {
    const user = byId.get(member.userId);
    return user === undefined ? [] : [memberProfile(member, user)];
  });
  return { ...page, items };
}

/** A page of the tokens of an organization itself, oldest first; those of its people are theirs. */
export async function pageOfOrgAuthTokens(
  app: Pick<App, 'table'>,
  input: OrganizationPage,
): Promise<Page<TokenDescription>> {
  const tokens = (await readTokens(app.table, input.organization)).filter(({ kind }) => kind === 'organization');
  const entries = tokens.map((token) => ({
    position: `${token.createdAt}#${token.id}`,
    item: tokenDescription(token),
  }));
  return readPage(input.page, sourceOf(entries));
}
