import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { accessWalks } from './access-walks.ts';
import { buttonWalks } from './button-walks.ts';
import { identityWalks } from './identity-walks.ts';
import { installWalks } from './install-walks.ts';
import { refusalWalks } from './refusal-walks.ts';
import { teamWalks } from './team-walks.ts';
import { startWorld, type World } from './world.ts';

// All walks share one stack and one browser, which take longer to start than the walks to be walked.
let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 240_000);
afterAll(() => world.close(), 60_000);
afterEach(async () => {
  expect(await world.leave(), 'what browsers complained of').toEqual([]);
});

describe('in a browser', { timeout: 300_000 }, () => {
  describe('a person', () => identityWalks(() => world));
  describe('a person with a team', () => teamWalks(() => world));
  describe('a person', () => refusalWalks(() => world));
  describe('a person', () => accessWalks(() => world));
  describe('a person in Slack', () => buttonWalks(() => world));
  describe('a manager', () => installWalks(() => world));
});
