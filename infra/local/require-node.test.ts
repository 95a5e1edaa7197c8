import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Loads the check in a Node that says it is that version. */
function check(version: string) {
  const pretend = `Object.defineProperty(process, 'version', { value: '${version}' })`;
  const file = join(import.meta.dirname, 'require-node.mjs');
  return spawnSync(process.execPath, ['--import', `data:text/javascript,${pretend}`, file], { encoding: 'utf8' });
}

test('Node 24 passes in silence', () => {
  expect(check('v24.21.0')).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test.for(['v20.19.0', 'v22.1.0', 'v25.0.0'])('Node %s is refused in one sentence', (version) => {
  const { status, stderr } = check(version);
  expect([status, stderr]).toEqual([1, expect.stringMatching(`^postflow runs on Node 24.*this is Node ${version}`)]);
  expect(stderr).not.toContain('    at ');
});
