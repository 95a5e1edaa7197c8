import { type MemberProfile, memberProfileLookup, teamsLookup } from '../../organizations/index.ts';
import type { App } from '../../platform/app.ts';
import { lookUp } from '../../platform/lookup.ts';
import { projectsLookup } from '../../projects/index.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { ruleMessages as messages } from '../messages.ts';
import type { UntoldOutage } from '../outages/outage.ts';
import { showTold } from '../outages/show-told.ts';
import { statesLookup } from '../rule-state-store.ts';
import { type ShownDifficulty, showDifficulty } from '../show-difficulty.ts';
import type { RuleCaller } from './resolve-rule.ts';
import { isSnoozed, personalSnoozesLookup } from './rule-snooze-store.ts';

/** Who tells whom nothing. */
export interface ShownSnooze {
  readonly snooze: boolean;
  readonly snoozeForEveryone: boolean;
  readonly snoozeCreatedBy: string | null;
  readonly snoozeUntil: string | null;
}

/** What the things are called that rules name, for one caller, and what is to be said beside. */
export interface RuleNames {
  /** The slug of a project, or its ID when it is gone. */
  project(id: string): string;
  /** The ID of a team, or its slug when it is gone. */
  teamId(slug: string): string;
  /** A member; undefined for who has left. */
  person(userId: string): MemberProfile | undefined;
  snooze(rule: AlertRule): ShownSnooze;
  /** What is difficult about reading its metric. */
  difficulty(rule: AlertRule): ShownDifficulty | undefined;
  /** Of the last time when it could not be read: who could not be told, if anybody. */
  untoldOutage(rule: AlertRule): UntoldOutage | undefined;
  /** While the caller wants no messages of their own about a rule. */
  mySnooze(ruleId: string): { readonly until: string | null } | undefined;
}

/** Looks up what some rules of an organization name, with one read, and one more where a metric cannot be read. */
export async function lookUpRuleNames(
  app: Pick<App, 'table' | 'clock'>,
  caller: RuleCaller,
  rules: readonly AlertRule[],
): Promise<RuleNames> {
  const { organization, userId: me } = caller;
  const { slugs, userIds } = namedBy(rules);
  const snoozes = me === undefined ? [] : rules.map(({ id }) => ({ ruleId: id, userId: me }));
  const [projects, teams, mine, states, ...people] = await lookUp(app.table, [
    projectsLookup(organization, [...new Set(rules.map(({ projectId }) => projectId))]),
    teamsLookup(organization, slugs),
    personalSnoozesLookup(snoozes),
    statesLookup(rules.map(({ id, projectId }) => ({ ruleId: id, projectId }))),
    ...userIds.map((userId) => memberProfileLookup(organization, userId)),
  ]);
  const byUserId = new Map(people.flatMap((person) => (person === undefined ? [] : [[person.userId, person]])));
  const told = await showTold(app, states.values());
  const nowMs = app.clock.now();
  const bySnoozed = new Map(mine.filter((one) => isSnoozed(one, nowMs)).map((one) => [one.ruleId, one]));
  return {
    mySnooze: (ruleId) => bySnoozed.get(ruleId),
    project: (id) => projects.found.find((project) => project.id === id)?.slug ?? id,
    teamId: (slug) => teams.get(slug)?.id ?? slug,
    person: (userId) => byUserId.get(userId),
    difficulty({ id }) {
      const found = states.get(id)?.difficulty;
      return found && showDifficulty(found, found.reads === 'nothing' ? told.get(id) : undefined);
    },
    untoldOutage: ({ id }) => states.get(id)?.untoldOutage,
    snooze({ id, snooze: stored }) {
      const snooze = isSnoozed(stored, nowMs) ? stored : undefined;
      const by = snooze == null ? me : snooze.by;
      const name = by === me ? messages.you : (byUserId.get(by ?? '')?.name ?? messages.formerMember);
      return shownSnooze(name, { forEveryone: snooze, forMe: bySnoozed.get(id) });
    },
  };
}

/** The slugs of the teams that rules name, and the IDs of the people. */
function namedBy(rules: readonly AlertRule[]): { readonly slugs: string[]; readonly userIds: string[] } {
  const actions = rules.flatMap(({ triggers }) => triggers).flatMap((trigger) => trigger.actions);
  const userIds = [
    ...actions.flatMap((action) => (action.type === 'user' ? [action.userId] : [])),
    ...rules.flatMap(({ createdBy, snooze }) => [createdBy ?? [], snooze?.by ?? []].flat()),
    ...rules.flatMap(({ owner }) => (owner?.type === 'user' ? [owner.id] : [])),
  ];
  const slugs = [
    ...actions.flatMap((action) => (action.type === 'team' ? [action.team] : [])),
    ...rules.flatMap(({ owner }) => (owner?.type === 'team' ? [owner.id] : [])),
  ];
  return { slugs, userIds: [...new Set(userIds)] };
}

interface Snooze {
  readonly until: string | null;
}

/** What holds for the caller: the snooze for everyone, or else their own. */
function shownSnooze(
  by: string,
  { forEveryone, forMe }: { readonly forEveryone: Snooze | null | undefined; readonly forMe: Snooze | undefined },
): ShownSnooze {
  const snooze = forEveryone ?? forMe;
  return {
    snooze: snooze !== undefined,
    snoozeForEveryone: forEveryone != null,
    snoozeCreatedBy: snooze === undefined ? null : by,
    snoozeUntil: snooze?.until ?? null,
  };
}
