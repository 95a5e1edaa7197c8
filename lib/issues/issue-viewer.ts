import type { Lookup } from '../platform/lookup.ts';

/** A person as issues show them. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

/** Who looks at issues or changes them. Issues know nothing of organizations: the door tells them this much. */
export interface IssueViewer {
  /** The person, when it is one. */
  readonly userId?: string | undefined;
  /** Asks which projects are within reach, by the slug of the team that a project belongs to. */
  readonly reach: Lookup<(team: string | undefined) => boolean>;
  /** Asks who a user of the organization is. */
  person(userId: string): Lookup<Person | undefined>;
  /** The member of the organization with this ID or address. */
  findMember(idOrAddress: string): Promise<Person | undefined>;
}
