import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a commit of a checkout is made of. */
export interface CommitToMake {
  readonly message: string;
  readonly author?: string;
  readonly email?: string;
  readonly date?: string;
  readonly write?: readonly string[];
  readonly rename?: readonly [string, string];
  readonly remove?: string;
}

/** A git repository of its own. */
export interface Checkout {
  /** What points the command line at it. */
  readonly env: { readonly GIT_DIR: string };
  git(...args: string[]): string;
  /** Adds a commit; gives its hash. */
  commit(commit: CommitToMake): string;
  /** All hashes, newest first. */
  log(): string[];
  remove(): void;
}

/** Makes an empty repository with that remote. */
export function makeCheckout(remote: string): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'postflow-checkout-'));
  let second = 0;
  const git = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    execFileSync('git', [...args], {
      cwd: folder,
      encoding: 'utf8',
      // Nothing of the machine's own settings, such as signatures.
      env: { PATH: process.env['PATH'] ?? '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...env },
    }).trim();
  git(['init', '--quiet']);
  git(['remote', 'add', 'origin', remote]);
  return {
    env: { GIT_DIR: join(folder, '.git') },
    git: (...args) => git(args),
    commit({ message, author = 'Ada', email = 'ada@acme.example', date, write = [], rename, remove }) {
      for (const path of write) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), `${path}\n`.repeat(20));
      }
      if (rename !== undefined) git(['mv', ...rename]);
      if (remove !== undefined) git(['rm', '--quiet', remove]);
      git(['add', '--all']);
      second += 1;
      const at = date ?? `2026-03-01T10:00:${String(second).padStart(2, '0')}+02:00`;
      git(['commit', '--quiet', '--allow-empty', '-m', message], {
        GIT_AUTHOR_NAME: author,
        GIT_AUTHOR_EMAIL: email,
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_NAME: 'CI',
        GIT_COMMITTER_EMAIL: 'ci@acme.example',
        GIT_COMMITTER_DATE: at,
      });
      return git(['rev-parse', 'HEAD']);
    },
    log: () => git(['log', '--format=%H']).split('\n'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
