import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What `npm start` writes for clients. */
export interface LocalStackDescription {
  readonly url: string;
  readonly org: string;
  readonly projects: readonly { slug: string; id: string; dsn: string }[];
  readonly repository: string;
  readonly token: string;
  readonly orgToken: string;
  readonly slack: {
    readonly signingSecret: string;
    readonly teamId: string;
    readonly botUserId: string;
    readonly channels: readonly { id: string; name: string }[];
  };
  readonly users: readonly { email: string; role: string; slackUserId: string }[];
  readonly alert: { statsd: string; threshold: number; windowSeconds: number; channel: string };
}

/** A running `npm start`. */
export interface LocalStack extends LocalStackDescription {
  /** Everything that it printed so far. */
  readonly output: () => string;
  readonly process: ChildProcess;
  /** Milliseconds from start to ready. */
  readonly startedInMs: number;
  readonly folder: string;
  /** Ends it as Ctrl-C does and waits for its end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts the whole stack on a free port in a working folder of its own, and resolves when it says that it is ready. */
export async function startLocalStack(options: readonly string[] = []): Promise<LocalStack> {
  const folder = mkdtempSync(join(tmpdir(), 'postflow-stack-'));
  const started = Date.now();
  const child = spawn(process.execPath, [join(root, 'infra/local/start.ts'), '--port', '0', ...options], {
    cwd: root,
    env: { ...process.env, POSTFLOW_STATE_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ready = new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      output += `${line}\n`;
      if (/^ready http:\/\/127\.0\.0\.1:\d+$/.test(line)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
  await ready;
  const description = JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8')) as LocalStackDescription;
  return {
    ...description,
    output: () => output,
    process: child,
    startedInMs: Date.now() - started,
    folder,
    async stop(signal = 'SIGINT') {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

/** Every process that descends from `pid`, by process id. */
export function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    rows.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => [child, ...below(child)]);
  return below(pid);
}

/** How a run of the real `sentry-cli` ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the real `sentry-cli` of a major version. */
export async function sentryCli(
  major: 2 | 3,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  const name = major === 3 ? '@sentry/cli-linux-x64' : 'sentry-cli-2-linux-x64';
  const binary = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin/sentry-cli');
  const child = spawn(binary, args, { env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
