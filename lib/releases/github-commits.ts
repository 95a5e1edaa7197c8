import { request } from '@octokit/request';
import type * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import { type CommitProvider, type FetchedCommit, FetchRefusedError } from './commit-provider.ts';
import { fetchedCommit, githubCommit, githubComparison, patchSetOf } from './github-answers.ts';
import { messages } from './messages.ts';
import type { Repository } from './release-record.ts';
import { githubNameOf } from './repository-host.ts';
import { translateGithubError } from './translate-github-error.ts';

/** What the client is made of. */
export interface GithubOptions {
  readonly apiUrl: string;
  readonly token: string;
  readonly clock: Clock;
}

/** GitHub gives no more on one page. */
const perPage = 100;
/** A release of more commits shows the newest ones. */
const maxPages = 100;
/** How many commits count as new when nobody says where to begin. */
const withoutStart = 20;
const callTimeoutMs = 10_000;

/**
 * GitHub's commits through its REST API. Files come with a comparison of one commit, in the same answer; those of more
 * commits would cost a request each and are left out.
 */
export function githubCommits({ apiUrl, token, clock }: GithubOptions): CommitProvider {
  const github = request.defaults({
    baseUrl: apiUrl.replace(/\/+$/, ''),
    headers: { authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28', 'user-agent': 'postflow' },
  });

  async function get<S extends z.ZodType>(
    schema: S,
    repository: string,
    route: string,
    parameters: Readonly<Record<string, string | number>>,
    deadline: AbortSignal,
  ): Promise<z.infer<S>> {
    let data: unknown;
    try {
      const signal = AbortSignal.any([deadline, AbortSignal.timeout(callTimeoutMs)]);
      ({ data } = await github(`GET /repos/{owner}/{repo}/${route}`, {
        ...ownerAndName(repository),
        ...parameters,
        request: { signal },
      }));
    } catch (error) {
      throw translateGithubError(error, repository, clock.now());
    }
    const parsed = schema.safeParse(data);
    if (!parsed.success) throw new FetchRefusedError(messages.githubUnclear, { cause: parsed.error });
    return parsed.data;
  }

  return {
    async compare(repository, start, end, deadline) {
      const name = requireGithubName(repository);
      if (start === null) {
        const newest = await get(githubCommit.array(), name, 'commits', { sha: end, per_page: withoutStart }, deadline);
        return newest.map(fetchedCommit);
      }
      const page = (number: number) =>
        get(
          githubComparison,
          name,
          'compare/{basehead}',
          { basehead: `${start}...${end}`, per_page: perPage, page: number },
          deadline,
        );
      const first = await page(1);
      const last = Math.ceil(first.total_commits / perPage);
      const from = Math.max(2, last - maxPages + 1);
      // The newest commits are on the last page.
      let commits: FetchedCommit[] = last > maxPages ? [] : first.commits.map(fetchedCommit);
      for (let number = from; number <= last; number += 1) {
        const { commits: more } = await page(number);
        if (more.length === 0) break;
        commits = [...commits, ...more.map(fetchedCommit)];
      }
      const [only] = commits;
      if (commits.length === 1 && only !== undefined && first.total_commits === 1) {
        return [{ ...only, patch_set: patchSetOf(first.files ?? []) }];
      }
      return commits.reverse();
    },
  };
}

function requireGithubName(repository: Repository): string {
  const name = githubNameOf(repository);
  if (name === undefined) throw new FetchRefusedError(messages.githubNameUnclear(repository.name));
  return name;
}

function ownerAndName(repository: string) {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}
