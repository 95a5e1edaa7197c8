import type { IssueViewer } from '../../lib/issues/index.ts';
import { type Caller, findMember, memberProfileLookup, reachLookup } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';

/** Tells issues as much of the caller and the organization as they have to know. */
export function issueViewer(app: Pick<App, 'table'>, caller: Pick<Caller, 'organization' | 'userId'>): IssueViewer {
  return {
    userId: caller.userId,
    reach: reachLookup(caller),
    person: (userId) => memberProfileLookup(caller.organization, userId),
    findMember: (idOrAddress) => findMember(app, caller.organization, idOrAddress),
  };
}
