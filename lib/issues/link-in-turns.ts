import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { UnavailableError } from '../platform/errors.ts';
import { groupBySize } from '../platform/group-by-size.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { changeActions, type IssueChange, type Once, readStandingIssues, saveChanges } from './issue-record-store.ts';
import type { Issue } from './issue-store.ts';
import { messages } from './messages.ts';
import { type FixingCommit, planResolveInCommits } from './plan-commit-links.ts';

/** A commit that says it fixes an issue, by the name of its repository and its ID there. */
export interface IssueLink extends FixingCommit {
  readonly issueId: string;
  readonly repository: string;
}

/** New links of one issue that are stored together. */
interface Turn {
  readonly issueId: string;
  readonly links: readonly IssueLink[];
  /** Whether it is told already, with the links before these, that a commit resolves the issue. */
  readonly isTold: boolean;
}

/** With what else a change has, this many stay within the hundred actions of a transaction. */
const linksPerTurn = 90;
/** Beside its links, a change of an issue has eight actions at most. */
const turnsOfTransaction = { most: 10, maxSize: 100, sizeOf: ({ links }: Turn): number => links.length + 8 };
const concurrency = 5;
/** Each failed attempt means that somebody else's write succeeded: as many builds may name one issue at the same moment. */
const maxAttempts = 60;

/**
 * Stores links that were missing a moment ago and resolves their issues: all links of an issue with one change, which tells
 * of the first commit only, ten issues a transaction; what does not fit into one follows in further turns. Gives the links
 * that are new; `latest` is kept up to date.
 */
export async function linkInTurns(
  app: Pick<App, 'table' | 'clock'>,
  organization: string,
  links: readonly IssueLink[],
  latest: Map<string, Issue>,
): Promise<Set<IssueLink>> {
  const isNew = new Set<IssueLink>();
  const byIssue = [...Map.groupBy(links, ({ issueId }) => issueId)];
  for (let start = 0; ; start += linksPerTurn) {
    const turns = byIssue.flatMap(([issueId, all]): Turn[] => {
      const part = all.slice(start, start + linksPerTurn);
      return part.length === 0 ? [] : [{ issueId, links: part, isTold: start > 0 }];
    });
    if (turns.length === 0) return isNew;
    await mapLimited(groupBySize(turns, turnsOfTransaction), concurrency, async (group) => {
      for (const { issue, links: linked } of await linkTogether(app, organization, group, latest)) {
        if (issue !== undefined) latest.set(issue.id, issue);
        for (const link of linked) isNew.add(link);
      }
    });
  }
}

interface Linked {
  readonly issue: Issue | undefined;
  readonly links: readonly IssueLink[];
}

async function linkTogether(
  app: Pick<App, 'table' | 'clock'>,
  organization: string,
  turns: readonly Turn[],
  latest: ReadonlyMap<string, Issue>,
): Promise<Linked[]> {
  const at = isoTime(app.clock.now());
  const steps = turns.flatMap((turn) => {
    const issue = latest.get(turn.issueId);
    return issue?.organization === organization ? [{ turn, issue, change: planTurn(issue, turn, at) }] : [];
  });
  const actions = steps.flatMap(({ turn, issue, change }) => changeActions(issue, change, circumstancesOf(turn, at)));
  if (actions.length === 0) return [];
  if (await saveChanges(app.table, actions)) {
    return steps.map(({ turn, change }) => ({ issue: change.issue, links: turn.links }));
  }
  return Promise.all(steps.map(({ turn }) => linkAlone(app, turn)));
}

/** After somebody else changed the issue, or linked one of the commits: reads both again, until nobody was faster. */
async function linkAlone(app: Pick<App, 'table' | 'clock'>, turn: Turn): Promise<Linked> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const questions = turn.links.map((link) => ({ issueId: turn.issueId, once: markOf(link) }));
    const answers = await readStandingIssues(app.table, questions);
    const issue = answers[0]?.issue;
    const links = turn.links.filter((_, index) => answers[index]?.marked === false);
    if (issue === undefined || links.length === 0) return { issue, links };
    const at = isoTime(app.clock.now());
    const rest = { ...turn, links };
    const change = planTurn(issue, rest, at);
    if (await saveChanges(app.table, changeActions(issue, change, circumstancesOf(rest, at)))) {
      return { issue: change.issue, links };
    }
  }
  throw new UnavailableError(messages.tooBusy, 1);
}

function planTurn(issue: Issue, { links, isTold }: Turn, at: string): IssueChange {
  return planResolveInCommits(issue, links, { at, isTold });
}

function circumstancesOf({ links }: Turn, at: string) {
  return { at, actor: links[0]?.actor, once: links.map(markOf) };
}

/** What stands beside an issue when a commit is linked with it. */
export function markOf({ repository, commit }: Pick<IssueLink, 'repository' | 'commit'>): Once {
  return { repository, commit };
}
