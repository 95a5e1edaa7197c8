import { UnavailableError } from '../platform/errors.ts';
import { FetchRefusedError } from './commit-provider.ts';
import { messages } from './messages.ts';

/** An answer that was none, as GitHub's client throws it. */
interface GithubError {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

const shortestWaitSeconds = 1;
const longestWaitSeconds = 60 * 60;

/**
 * What an error of GitHub's client means for who wants commits of `repository`: to come again later
 * (UnavailableError) or never (FetchRefusedError). Whatever is no such error is given back as it is.
 */
export function translateGithubError(error: unknown, repository: string, nowMs: number): unknown {
  if (!isGithubError(error)) return error;
  const { status } = error;
  const wait = waitSeconds(error, nowMs);
  if (wait !== undefined) return new UnavailableError(messages.githubBusy, wait, { cause: error });
  if (status === 401) return new FetchRefusedError(messages.githubTokenRefused, { cause: error });
  if (status === 403) return new FetchRefusedError(messages.githubForbidden(repository), { cause: error });
  if (status >= 400 && status < 500) {
    return new FetchRefusedError(messages.githubNotFound(repository), { cause: error });
  }
  return new UnavailableError(messages.githubAway, 30, { cause: error });
}

/** How long GitHub asks to wait; undefined when this is not what it says. */
function waitSeconds({ status, response }: GithubError, nowMs: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const headers = response?.headers ?? {};
  const after = Number(headers['retry-after'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN) - nowMs / 1_000;
  const exhausted = String(headers['x-ratelimit-remaining']) === '0';
  const asked = [after, ...(exhausted || status === 429 ? [reset] : [])].find((seconds) => !Number.isNaN(seconds));
  if (asked === undefined) return status === 429 || exhausted ? 60 : undefined;
  return Math.min(longestWaitSeconds, Math.max(shortestWaitSeconds, Math.ceil(asked)));
}

function isGithubError(error: unknown): error is GithubError {
  return error instanceof Error && error.name === 'HttpError' && 'status' in error;
}
