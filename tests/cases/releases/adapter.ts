import * as z from 'zod';
import { type Engines, testStart } from '../../support/app-over-engines.ts';
import type { Case, CaseRemark } from '../case.ts';
import { outcomeForm } from '../check.ts';
import { playAsMeant } from '../play-as-meant.ts';
import { activityChecks } from './activity-checks.ts';
import { answerChecks } from './answer-checks.ts';
import { buildWorld, type Needs } from './build-world.ts';
import type { Check } from './checks.ts';
import { commitChecks } from './commit-checks.ts';
import { type Deed, readDeed } from './deeds.ts';
import { deviationsOf } from './deviations.ts';
import { factChecks } from './fact-checks.ts';
import { fetchChecks } from './fetch-checks.ts';
import { type Given, givenSchema } from './given.ts';
import type { Happening, Judged } from './happening.ts';
import { issueChecks } from './issue-checks.ts';
import { fillIn } from './placeholders.ts';
import { projectChecks } from './project-checks.ts';
import { releaseChecks } from './release-checks.ts';
import { notExpressed } from './remarks.ts';
import { projectsIn, validationForm } from './validation-forms.ts';

const checks: Readonly<Record<string, Check>> = {
  ...answerChecks,
  ...factChecks,
  ...releaseChecks,
  ...commitChecks,
  ...fetchChecks,
  ...activityChecks,
  ...issueChecks,
  ...projectChecks,
};

const outcome = outcomeForm(checks);
const record = z.record(z.string(), z.unknown());

interface Play {
  readonly engines: Engines;
  readonly given: Given;
  readonly needs: Needs;
  readonly deed: Deed;
}

/** Cases of releases, and of the projects to which they belong. */
export async function releaseCase(testCase: Case, engines: Engines): Promise<CaseRemark | undefined> {
  const given = givenSchema.parse(fillIn(testCase.given, { now: testStart }));
  const when = record.parse(testCase.when);
  const { reason: missing, left: then } = notExpressed(record.parse(testCase.then));
  const play = { engines, given, needs: needsOf(testCase.area, given, when), deed: readDeed(when) };
  const deviations = () => deviationsOf({ given, when, then });
  const differsOnPurpose = await playAsMeant(testCase, (expected) => playOut(play, expected), { then, deviations });
  if (differsOnPurpose !== undefined) return { differsOnPurpose };
  if ('safe' in then) return { differsOnPurpose: 'a recorded defect of the other system; ours is safe' };
  return missing === undefined ? undefined : { notExpressed: `${missing}; the rest of the case holds` };
}

/** Builds a world, lets it happen and judges what came of it. */
async function playOut({ engines, given, needs, deed }: Play, then: Record<string, unknown>): Promise<void> {
  const expected = outcome.parse(then) as Record<string, unknown>;
  const world = await buildWorld(engines, given, needs);
  const happening: Happening = { answers: [], sent: [], facts: {} };
  await deed({ world, given, happening });
  const judged: Judged = { ...happening, world, given };
  const names = { now: new Date(world.app.clock.now()).toISOString() };
  for (const [key, value] of Object.entries(fillIn(expected, names))) {
    await checks[key]?.judge(judged, value as never);
  }
}

/** The projects and teams that what happens names, where the case gives none. */
function needsOf(area: string, given: Given, when: Record<string, unknown>): Needs {
  const texts = JSON.stringify(when);
  const isGiven = given.projects.length > 0 || given.project !== undefined;
  const validation = validationForm.safeParse(when);
  const inPaths = [...texts.matchAll(/\/api\/0\/projects\/[^/]+\/([^/"]+)\//g)].map(([, slug = '']) => slug);
  const named = validation.success ? projectsIn(validation.data) : isGiven ? [] : inPaths;
  return {
    projects: named,
    teams: [...new Set([...texts.matchAll(/\/api\/0\/teams\/[^/]+\/([^/"]+)\//g)].map(([, slug = '']) => slug))],
    anyProject: area === 'releases',
  };
}
