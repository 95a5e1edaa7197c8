import { startVitest, type TestModule } from 'vitest/node';
import { findChromium, leftOutWithoutChromium } from './browser/chromium.ts';

// npm test, after the checks: runs every test and ends with `N passed, N failed`.

const vitest = await startVitest('test', process.argv.slice(2), { watch: false });
const modules = vitest.state.getTestModules();
const tests = modules.flatMap((module) => [...module.children.allTests()]);
const passed = tests.filter((test) => test.result().state === 'passed').length;
// A file that does not load, a test that is skipped or an error outside of tests counts as failed: nothing is overlooked.
const failed =
  tests.length - passed + modules.filter(brokenOutsideItsTests).length + vitest.state.getUnhandledErrors().length;
await vitest.close();
if (findChromium() === undefined) console.log(leftOutWithoutChromium);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function brokenOutsideItsTests(module: TestModule): boolean {
  return module.errors().length > 0 || (!module.ok() && module.children.size === 0);
}
