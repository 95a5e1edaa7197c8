import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionNames } from '../infra/functions.ts';

const root = new URL('../', import.meta.url);
const inFunctions = readdirSync(new URL('functions/', root));
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

describe('the stored events', () => {
  it('have a folder for every function, and for nothing else', () => {
    expect(readdirSync(new URL('events/', root)).sort()).toEqual([...functionNames].sort());
  });

  it('are one door each: functions/ has exactly the files that the stack has functions', () => {
    const doors = inFunctions.filter((name) => /(?<!\.test)\.ts$/.test(name));
    expect(doors.sort()).toEqual(functionNames.map((name) => `${name}.ts`).sort());
  });

  it.each(functionNames)('of %s are all used by its tests', (name) => {
    const tests = inFunctions.filter((file) => new RegExp(`^${name}(-.*)?\\.test\\.ts$`).test(file));
    const test = tests.map((file) => read(`functions/${file}`)).join('\n');
    const events = readdirSync(new URL(`events/${name}/`, root));
    expect(events.length).toBeGreaterThan(0);
    // A test that walks the folder uses whatever is in it.
    if (new RegExp(`readdirSync\\([^)]*events/${name}`).test(test)) return;
    for (const event of events) {
      expect(test, `events/${name}/${event} is used`).toMatch(
        new RegExp(`['"/\`]${event.replace(/\.json$/, '')}(\\.json)?['"\`]`),
      );
    }
  });
});
