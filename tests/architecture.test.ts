import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
let house: string;

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'house-'));
  build('tsconfig.json', '{}');
});
afterEach(() => rmSync(house, { recursive: true }));

function build(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), text);
}

function cruise(): { ok: boolean; output: string } {
  const rooms = ['functions', 'lib', 'infra', 'tests'];
  for (const room of rooms) mkdirSync(join(house, room), { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      join(root, '.dependency-cruiser.mjs'),
      ...rooms,
    ],
    { cwd: house, encoding: 'utf8' },
  );
  return { ok: status === 0, output: stdout + stderr };
}

describe('the arrows of the house', () => {
  it.each([
    ['platform-knows-no-domain', 'lib/platform/a.ts', '../slack/index.ts', 'lib/slack/index.ts'],
    ['slack-points-where-it-may', 'lib/slack/a.ts', '../alerts/index.ts', 'lib/alerts/index.ts'],
    ['lib-knows-no-door-and-no-stack', 'lib/slack/a.ts', '../../functions/a.ts', 'functions/a.ts'],
    ['doors-enter-domains-through-their-index', 'functions/a.ts', '../lib/slack/secret.ts', 'lib/slack/secret.ts'],
    ['domains-are-entered-through-their-index', 'lib/alerts/a.ts', '../slack/secret.ts', 'lib/slack/secret.ts'],
    ['infra-only-names-files', 'infra/a.ts', '../lib/slack/index.ts', 'lib/slack/index.ts'],
    ['no-test-code-in-the-product', 'lib/slack/a.ts', '../../tests/a.ts', 'tests/a.ts'],
  ])('%s', (rule, from, to, target) => {
    build(target, 'export const there = 1;\n');
    build(from, `import { there } from '${to}';\nexport const here = there;\n`);
    const { ok, output } = cruise();
    expect(ok).toBe(false);
    expect(output).toContain(rule);
  });

  it('may point down', () => {
    build('lib/platform/a.ts', 'export const a = 1;\n');
    build('lib/slack/index.ts', "export { a } from '../platform/a.ts';\n");
    build('lib/alerts/index.ts', "export { a } from '../slack/index.ts';\n");
    build('functions/door.ts', "import { a } from '../lib/alerts/index.ts';\nexport const b = a;\n");
    expect(cruise()).toMatchObject({ ok: true });
  });
});
