import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The Chromium of this machine: what `CHROMIUM` names, or the first on the path; undefined where there is none. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM: named, PATH: path = '' } = environment;
  if (named !== undefined && named !== '') return named;
  return path
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isExecutable);
}

/** Said where the tests in a browser are left out: they are not counted then, neither as passed nor as failed. */
export const leftOutWithoutChromium = [
  '',
  '!! No Chromium here: the tests in tests/browser are LEFT OUT, so nobody has looked at the pages.',
  '!! Install chromium, or name one in CHROMIUM, and run them with: npx vitest run tests/browser',
  '',
].join('\n');

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
