import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

  it('loads every function without a bundler, as the cases and the programs do', () => {
    // Node finds fewer names in packages of the old kind than bundlers do.
    const doors = readdirSync(new URL('../functions/', import.meta.url)).filter((name) => /^[\w-]+\.ts$/.test(name));
    const imports = doors.map((name) => `import './functions/${name}';`).join('\n');
    const options = { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' } as const;
    expect(() => execFileSync('node', ['--input-type=module', '--eval', imports], options)).not.toThrow();
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
