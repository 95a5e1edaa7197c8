import * as z from 'zod';
import type { Engines } from '../../support/app-over-engines.ts';
import type { Case, CaseRemark } from '../case.ts';
import { outcomeForm } from '../check.ts';
import { playAsMeant } from '../play-as-meant.ts';
import { answerChecks } from './answer-checks.ts';
import { buildWorld, type Needs } from './build-world.ts';
import { callChecks } from './call-checks.ts';
import type { Check } from './checks.ts';
import { type Deed, readDeed } from './deeds.ts';
import { deviationsOf } from './deviations.ts';
import { factChecks } from './fact-checks.ts';
import { type Given, givenSchema } from './given.ts';
import type { Happening } from './happening.ts';
import { pageChecks } from './page-checks.ts';
import { notExpressed } from './remarks.ts';
import { storedChecks } from './stored-checks.ts';

const checks: Readonly<Record<string, Check>> = {
  ...answerChecks,
  ...callChecks,
  ...factChecks,
  ...pageChecks,
  ...storedChecks,
};

const outcome = outcomeForm(checks);
const record = z.record(z.string(), z.unknown());

interface Play {
  readonly engines: Engines;
  readonly given: Given;
  readonly deed: Deed;
  readonly needs: Needs;
}

/** Cases of Slack: commands, events, and the pages that people open from there. */
export async function slackCase(testCase: Case, engines: Engines): Promise<CaseRemark | undefined> {
  const given = givenSchema.parse(testCase.given);
  const when = record.parse(testCase.when);
  const { reason: missing, left: then } = notExpressed(record.parse(testCase.then));
  const play = { engines, given, deed: readDeed(when), needs: needsOf(when) };
  const deviations = () => deviationsOf({ given, when, then });
  const differsOnPurpose = await playAsMeant(testCase, (expected) => playOut(play, expected), { then, deviations });
  if (differsOnPurpose !== undefined) return { differsOnPurpose };
  return missing === undefined ? undefined : { notExpressed: missing };
}

/** Builds a world, lets it happen and judges what came of it. */
async function playOut({ engines, given, deed, needs }: Play, then: Record<string, unknown>): Promise<void> {
  const expected = outcome.parse(then) as Record<string, unknown>;
  const world = await buildWorld(engines, given, needs);
  try {
    const happening: Happening = { answers: [], facts: {} };
    const stage = { world, given, happening };
    await deed(stage);
    for (const [key, value] of Object.entries(expected)) {
      await checks[key]?.judge({ ...stage, ...happening }, value as never);
    }
  } finally {
    await world.slack.close();
  }
}

function needsOf(when: Readonly<Record<string, unknown>>): Needs {
  // What can be an id of a channel or a person.
  const ids = JSON.stringify(when).match(/(?<=")[CDGUW][\w-]{0,20}(?=")/g) ?? [];
  // Links are shown for people whom we know.
  const { event } = when;
  return { ids, linked: typeof event === 'string' && !/unlinked|not linked/.test(event) };
}
