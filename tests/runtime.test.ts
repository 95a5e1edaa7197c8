import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const packageJson = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, string> | undefined
>;

describe('the runtime', () => {
  it('is Node 24 here, whatever the machine has', () => {
    expect(process.version).toMatch(/^v24\./);
  });

  it('is Node 24 in the programs that npm scripts start', () => {
    expect(execFileSync('node', ['--version'], { encoding: 'utf8' })).toMatch(/^v24\./);
  });

  it('and everything else is pinned exactly', () => {
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
      for (const [name, version] of Object.entries(packageJson[kind] ?? {})) {
        expect(version, name).toMatch(/^(npm:@?[\w/-]+@)?\d+\.\d+\.\d+$/);
      }
    }
  });

  it('has one version of Powertools in all its parts', () => {
    const versions = Object.entries(packageJson['dependencies'] ?? {})
      .filter(([name]) => name.startsWith('@aws-lambda-powertools/'))
      .map(([, version]) => version);
    expect(versions.length).toBeGreaterThan(2);
    expect(new Set(versions).size).toBe(1);
  });
});
