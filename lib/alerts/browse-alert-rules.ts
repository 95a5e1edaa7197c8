import { type Caller, reachLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { type Page, type PageRequest, type Placed, readPage, requirePosition } from '../platform/pagination.ts';
import { type Project, projectsLookup } from '../projects/index.ts';
import { type AlertRule, loadRulePages } from './alert-rule-store.ts';
import { findNewestIncidents } from './incident-store.ts';
import { ruleIdForm } from './rule-id.ts';
import { describeOwner } from './rule-people.ts';
import { type RuleStanding, ruleStanding } from './rule-standing.ts';
import { statesLookup } from './rule-state-store.ts';
import { lookUpRuleNames } from './rules/rule-names.ts';
import type { IncidentLine } from './show-alert-rule.ts';

/** Which rules somebody wants to see. */
export interface RulesToBrowse {
  readonly caller: Caller;
  /** How they stand; all when it is left out. */
  readonly standings?: readonly RuleStanding[] | undefined;
  /** The slug of a project. */
  readonly project?: string | undefined;
  readonly page: PageRequest;
}

/** A rule among others. */
export interface BrowsedRule {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly owner: string | undefined;
  readonly standing: RuleStanding;
  readonly lastIncident: IncidentLine | undefined;
}

interface Standing {
  readonly rule: AlertRule;
  readonly project: Project;
  readonly standing: RuleStanding;
}

const lastIncidentsAtATime = 10;

/**
 * A page of the rules whose projects are within reach, the oldest first, with how each stands.
 * @throws BadRequestError about the cursor, UnauthenticatedError when the person has left the organization
 */
export async function browseAlertRules(
  app: Pick<App, 'table' | 'clock'>,
  wanted: RulesToBrowse,
): Promise<Page<BrowsedRule>> {
  requirePosition(wanted.page.start?.position, ruleIdForm);
  const page = await readPage(wanted.page, ({ after, backwards }) => placedRules(app, wanted, after, backwards));
  const rules = page.items.map(({ rule }) => rule);
  const names = await lookUpRuleNames(app, wanted.caller, rules);
  const items = await mapLimited(page.items, lastIncidentsAtATime, async ({ rule, project, standing }) => {
    const [lastIncident] = await findNewestIncidents(app, rule, 1);
    const { id, name } = rule;
    return { id, name, project: project.slug, owner: describeOwner(rule, names), standing, lastIncident };
  });
  return { ...page, items };
}

async function* placedRules(
  app: Pick<App, 'table' | 'clock'>,
  { caller, standings, project: slug }: RulesToBrowse,
  after: string | undefined,
  backwards: boolean,
): AsyncGenerator<Placed<Standing>> {
  const { organization } = caller;
  const nowMs = app.clock.now();
  for await (const rules of loadRulePages(app, organization, { after, descending: backwards })) {
    const [reach, { found }, states] = await lookUp(app.table, [
      reachLookup(caller),
      projectsLookup(organization, [...new Set(rules.map(({ projectId }) => projectId))]),
      statesLookup(rules.map(({ id, projectId }) => ({ ruleId: id, projectId }))),
    ]);
    const reached = new Map(found.filter(({ team }) => reach(team)).map((project) => [project.id, project]));
    for (const rule of rules) {
      const project = reached.get(rule.projectId);
      const standing = ruleStanding(rule, states.get(rule.id), nowMs);
      const fits =
        project !== undefined &&
        (slug === undefined || project.slug === slug) &&
        (standings === undefined || standings.includes(standing));
      yield { position: rule.id, ...(fits && { item: { rule, project, standing } }) };
    }
  }
}
