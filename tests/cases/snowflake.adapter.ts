import { deepStrictEqual, rejects, throws } from 'node:assert/strict';
import * as z from 'zod';
import { IdTakenError, saveWithSnowflakeId } from '../../lib/platform/save-with-snowflake-id.ts';
import {
  decodeSnowflake,
  fitInto,
  type SnowflakeIds,
  segment,
  segments,
  snowflakeIds,
  snowflakeKinds,
} from '../../lib/platform/snowflake.ts';
import { appOver, type Engines, type TestApp } from '../support/app-over-engines.ts';
import type { CaseAdapter } from './case.ts';

/** Any kind of entity does: the cases know one sequence only. */
const kind = 'project';

const given = z.strictObject({
  version_id: z.int().optional(),
  epoch_unix: z.int().optional(),
  region_id: z.int().optional(),
  counters: z.record(z.string(), z.int()).default({}),
});
type Given = z.infer<typeof given>;

const failure = z.strictObject({ error: z.string(), message: z.string() });
const ids = z.array(z.int());
const decoded = z
  .strictObject({ version_bits: z.int(), seconds: z.int(), region: z.int(), sequence: z.int() })
  .partial();

/** What may be asked (`when`) together with what may come of it (`then`). */
const forms = z.union([
  z.strictObject({
    when: z.strictObject({ models: z.array(z.string()) }),
    then: z.strictObject({ uses_snowflake: z.record(z.string(), z.boolean()) }),
  }),
  z.strictObject({
    when: z.strictObject({ now_unix: z.int(), generate: z.int() }),
    then: z.union([
      failure,
      z.strictObject({ ids, decoded: decoded.optional(), counters_after: z.record(z.string(), z.int()).optional() }),
    ]),
  }),
  z.strictObject({
    when: z.strictObject({ now_unix: z.int(), generate_in_regions: z.array(z.int()) }),
    then: z.strictObject({ ids, region_segments: z.array(z.int()).optional() }),
  }),
  z.strictObject({ when: z.strictObject({ segment: z.string(), validate: z.int() }), then: failure }),
  z.strictObject({ when: z.strictObject({ segment_length: z.int() }), then: failure }),
  z.strictObject({
    when: z.strictObject({ save: z.string().regex(/\d+ times?$/) }),
    then: z.strictObject({ error: z.string(), status: z.int(), detail: z.string().min(1), attempts: z.int() }),
  }),
]);

/** Cases of `snowflake.json`. */
export const snowflake: CaseAdapter = async (testCase, engines) => {
  const circumstances = given.parse(testCase.given);
  const form = forms.parse({ when: testCase.when, then: testCase.then });
  if ('models' in form.when && 'uses_snowflake' in form.then) {
    const kinds: readonly string[] = snowflakeKinds;
    const uses = form.when.models.map((model) => [model, kinds.includes(model.toLowerCase())]);
    deepStrictEqual(Object.fromEntries(uses), form.then.uses_snowflake);
  } else if ('generate' in form.when) {
    await generate(circumstances, form.when, form.then as GenerateOutcome, engines);
  } else if ('generate_in_regions' in form.when) {
    await generateInRegions(circumstances, form.when, form.then as RegionsOutcome, engines);
  } else if ('validate' in form.when) {
    const { segment: name, validate } = form.when;
    const known = Object.values(segments).find((part) => part.name === name);
    if (known === undefined) throw new Error(`there is no segment named ${name}`);
    throws(() => fitInto(known, validate), RangeError);
  } else if ('segment_length' in form.when) {
    const { segment_length } = form.when;
    throws(() => segment('a segment', segment_length), RangeError);
  } else if ('save' in form.when) {
    await save(form.when.save, form.then as SaveOutcome, engines);
  }
  return undefined;
};

type Failure = z.infer<typeof failure>;
type GenerateOutcome =
  | Failure
  | { ids: number[]; decoded?: z.infer<typeof decoded>; counters_after?: Record<string, number> };
interface RegionsOutcome {
  ids: number[];
  region_segments?: number[];
}
interface SaveOutcome {
  error: string;
  status: number;
  detail: string;
  attempts: number;
}

async function generate(
  circumstances: Given,
  when: { now_unix: number; generate: number },
  then: GenerateOutcome,
  engines: Engines,
): Promise<void> {
  const app = await appAt(when.now_unix, circumstances, engines);
  // As one after the other: what is asked at once must be the same (and is, in the unit tests).
  const taking = async (): Promise<number[]> => {
    const generator = generatorFor(app, circumstances);
    const taken: string[] = [];
    for (let index = 0; index < when.generate; index += 1) taken.push(await generator.take(kind));
    return taken.map(Number);
  };
  if ('error' in then) {
    await rejects(taking, Error);
    return;
  }
  const taken = await taking();
  deepStrictEqual(taken, then.ids);
  if (then.decoded !== undefined) {
    const { version, ...parts } = decodeSnowflake(taken[0] ?? Number.NaN);
    const all: Record<string, number> = { version_bits: version, ...parts };
    deepStrictEqual(Object.fromEntries(Object.keys(then.decoded).map((key) => [key, all[key]])), then.decoded);
  }
  if (then.counters_after !== undefined) deepStrictEqual(await counters(app, then.counters_after), then.counters_after);
}

async function generateInRegions(
  circumstances: Given,
  when: { now_unix: number; generate_in_regions: number[] },
  then: RegionsOutcome,
  engines: Engines,
): Promise<void> {
  const app = await appAt(when.now_unix, circumstances, engines);
  const taken: number[] = [];
  for (const region of when.generate_in_regions) {
    taken.push(Number(await generatorFor(app, { ...circumstances, region_id: region }).take(kind)));
  }
  deepStrictEqual(taken, then.ids);
  if (then.region_segments !== undefined) {
    deepStrictEqual(
      taken.map((id) => decodeSnowflake(id).region),
      then.region_segments,
    );
  }
}

/** The text says how often the insert collides: "row whose insert hits a uniqueness error 5 times". */
async function save(text: string, then: SaveOutcome, engines: Engines): Promise<void> {
  const collisions = Number(/(\d+) times?$/.exec(text)?.[1]);
  const { ids: generator } = await appOver(engines);
  let attempts = 0;
  const saving = saveWithSnowflakeId(generator, kind, async () => {
    attempts += 1;
    if (attempts <= collisions) throw new IdTakenError();
  });
  await rejects(saving, { status: then.status });
  deepStrictEqual(attempts, then.attempts);
}

async function appAt(nowUnix: number, circumstances: Given, engines: Engines): Promise<TestApp> {
  const app = await appOver(engines, { now: nowUnix * 1_000 });
  for (const [second, count] of Object.entries(circumstances.counters)) {
    await app.redis.run('return redis.call("SET", KEYS[1], ARGV[1])', [counterKey(second)], [count]);
  }
  return app;
}

async function counters(app: TestApp, wanted: Record<string, number>): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const second of Object.keys(wanted)) {
    found[second] = Number(await app.redis.run('return redis.call("GET", KEYS[1])', [counterKey(second)], []));
  }
  return found;
}

function counterKey(second: string): string {
  return `snowflake:${kind}:${second}`;
}

function generatorFor(app: TestApp, { version_id, region_id, epoch_unix }: Given): SnowflakeIds {
  return snowflakeIds({
    redis: app.redis,
    clock: app.clock,
    ...(version_id !== undefined && { version: version_id }),
    ...(region_id !== undefined && { regionId: region_id }),
    ...(epoch_unix !== undefined && { epochSeconds: epoch_unix }),
  });
}
