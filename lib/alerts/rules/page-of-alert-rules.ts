import { type Reach, reachLookup } from '../../organizations/index.ts';
import type { App } from '../../platform/app.ts';
import { lookUp } from '../../platform/lookup.ts';
import { type Page, type PageRequest, type PageSource, readPage, requirePosition } from '../../platform/pagination.ts';
import { projectsLookup } from '../../projects/index.ts';
import { type AlertRule, loadRulePages } from '../alert-rule-store.ts';
import { ruleIdForm } from '../rule-id.ts';
import type { RuleCaller } from './resolve-rule.ts';

/** Which rules are wanted: those of one project, when it is named by its ID. */
export interface RulesWish {
  readonly caller: RuleCaller;
  readonly page: PageRequest;
  readonly projectId?: string | undefined;
}

/**
 * A page of the rules whose projects the caller reaches, oldest first.
 * @throws BadRequestError for a cursor that is none, UnauthenticatedError for who has left the organization
 */
export async function pageOfAlertRules(
  app: Pick<App, 'table'>,
  { caller, page, projectId }: RulesWish,
): Promise<Page<AlertRule>> {
  requirePosition(page.start?.position, ruleIdForm);
  const [reach] = await lookUp(app.table, [reachLookup(caller)]);
  return readPage(page, reachedRules(app, { caller, reach, projectId }));
}

function reachedRules(
  app: Pick<App, 'table'>,
  { caller, reach, projectId }: Pick<RulesWish, 'caller' | 'projectId'> & { readonly reach: Reach },
): PageSource<AlertRule> {
  return async function* ({ after, backwards }) {
    const { organization } = caller;
    for await (const rules of loadRulePages(app, organization, { after, descending: backwards })) {
      const ids = [...new Set(rules.map((rule) => rule.projectId))];
      const [{ found }] = await lookUp(app.table, [projectsLookup(organization, ids)]);
      const reached = new Set(found.filter(({ team }) => reach(team)).map(({ id }) => id));
      for (const rule of rules) {
        const fits = reached.has(rule.projectId) && (projectId === undefined || rule.projectId === projectId);
        yield { position: rule.id, ...(fits && { item: rule }) };
      }
    }
  };
}
