import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { localFolder } from './local-file.ts';

/** Changes that come in one go (a branch switched, a formatter run) start the stack once. */
const settleMs = 200;

const root = resolve(import.meta.dirname, '../..');
const dataFolder = join(localFolder, 'data');
const args = process.argv.slice(2);

let child = start();
let restarting = false;
let timer: NodeJS.Timeout | undefined;

for (const folder of ['functions', 'lib', 'infra']) {
  watch(join(root, folder), { recursive: true }, (_event, file) => {
    if (file === null || !/\.(ts|json)$/.test(file) || file.endsWith('.test.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void restart(file), settleMs);
  });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop(child).then(() => process.exit(0)));
}
console.log(`Restarts when functions/, lib/ or infra/ change; the data stays in ${dataFolder}.`);

function start(): ChildProcess {
  const script = join(import.meta.dirname, 'start.ts');
  // A group of its own, so that Ctrl-C reaches it once: through `stop`.
  return spawn(process.execPath, [script, '--data', dataFolder, ...args], { stdio: 'inherit', detached: true });
}

async function restart(file: string): Promise<void> {
  if (restarting) return;
  restarting = true;
  console.log(`\n${file} changed, starting again …`);
  await stop(child);
  child = start();
  restarting = false;
}

async function stop(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return;
  running.kill('SIGTERM');
  await once(running, 'exit');
}
