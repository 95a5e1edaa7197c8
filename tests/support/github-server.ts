import { listen } from '../../infra/local/listen.ts';

/** What the stand-in answers instead of commits. */
export interface GithubFailure {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A stand-in for the parts of GitHub's REST API that fetch commits, with answers shaped as recorded ones. */
export interface GithubServer {
  readonly apiUrl: string;
  /** Method, path and query of every request, and whether it carried the token. */
  readonly requests: readonly string[];
  /** Makes a repository whose commits are these, oldest first. */
  addRepository(name: string, commits: readonly GithubStandInCommit[]): void;
  /** Answers every request for a repository so, until `undefined` says to stop. */
  failWith(name: string, failure: GithubFailure | undefined): void;
  stop(): Promise<void>;
}

/** A commit of the stand-in; what is left out is made up. */
export interface GithubStandInCommit {
  readonly sha: string;
  readonly message?: string;
  readonly author?: { name?: string | null; email?: string | null; date?: string } | null;
  readonly files?: readonly { filename: string; status: string; previous_filename?: string }[];
}

/** The token that the stand-in takes. */
export const githubToken = 'ghp_test';

/** Starts a stand-in on a free port. */
export async function startGithubServer(): Promise<GithubServer> {
  const repositories = new Map<string, readonly GithubStandInCommit[]>();
  const failures = new Map<string, GithubFailure>();
  const requests: string[] = [];
  const server = await listen(0);

  const answer = (path: string, query: URLSearchParams): GithubFailure => {
    const [, , owner = '', repo = '', what, range = ''] = path.split('/').map(decodeURIComponent);
    const name = `${owner}/${repo}`;
    const failure = failures.get(name);
    if (failure !== undefined) return failure;
    const commits = repositories.get(name);
    if (commits === undefined) return problem(404, 'Not Found');
    const at = (sha: string) => commits.findIndex((commit) => commit.sha === sha);
    const perPage = Math.min(100, Number(query.get('per_page') ?? 30));
    if (what === 'commits') {
      const end = at(query.get('sha') ?? '');
      if (end < 0) return problem(404, 'Not Found');
      const newestFirst = commits.slice(0, end + 1).reverse();
      return ok(newestFirst.slice(0, perPage).map(recorded));
    }
    const [start = '', end = ''] = range.split('...');
    if (what !== 'compare' || at(start) < 0 || at(end) < 0) return problem(404, 'Not Found');
    const between = commits.slice(at(start) + 1, at(end) + 1);
    const page = Number(query.get('page') ?? 1);
    return ok({
      status: between.length === 0 ? 'identical' : 'ahead',
      ahead_by: between.length,
      behind_by: 0,
      total_commits: between.length,
      commits: between.slice((page - 1) * perPage, page * perPage).map(recorded),
      ...(page === 1 && { files: between.flatMap(({ files = [] }) => files).slice(0, 300) }),
    });
  };

  server.serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://github');
    requests.push(`${request.method} ${request.url}`);
    const known = request.headers.authorization === `Bearer ${githubToken}`;
    const { status, headers, body = '' } = known ? answer(pathname, searchParams) : problem(401, 'Bad credentials');
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
    response.end(body);
  });
  return {
    apiUrl: server.url,
    requests,
    addRepository: (name, commits) => {
      repositories.set(name, commits);
    },
    failWith: (name, failure) => {
      if (failure === undefined) failures.delete(name);
      else failures.set(name, failure);
    },
    stop: () => server.close(),
  };
}

function ok(body: unknown): GithubFailure {
  return { status: 200, body: JSON.stringify(body) };
}

function problem(status: number, message: string): GithubFailure {
  return {
    status,
    body: JSON.stringify({ message, documentation_url: 'https://docs.github.com/rest', status: `${status}` }),
  };
}

function recorded({ sha, message = `Change ${sha}`, author }: GithubStandInCommit): unknown {
  const person = { name: 'Ada', email: 'ada@acme.example', date: '2026-03-01T08:00:00Z' };
  return {
    sha,
    node_id: 'C_kwDO',
    commit: {
      author: author === undefined ? person : author,
      committer: { name: 'GitHub', email: 'noreply@github.com', date: '2026-03-01T08:30:00Z' },
      message,
      tree: { sha: 'f9d2a07e9488b91af2641b26b9407fe22a451433' },
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null },
    },
    author: null,
    committer: { login: 'web-flow', id: 19864447 },
    parents: [],
  };
}
