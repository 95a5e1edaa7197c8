import { readdirSync } from 'node:fs';
import type { SQSEvent } from 'aws-lambda';
import { beforeEach, expect, it } from 'vitest';
import type { FetchCommitsApp } from '../lib/releases/index.ts';
import { type Acme, createAcme } from '../tests/support/acme.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { door } from './fetch-commits.ts';
import { queueDoor } from './middleware/queue-door.ts';
import type { BaseApp } from './middleware/start-app.ts';

let acme: Acme;
beforeEach(async () => {
  acme = await createAcme();
});

const failures: Readonly<Record<string, readonly string[]>> = {
  superseded: [],
  'one-broken': ['00000000-0000-4000-8000-000000000002'],
};

it.each(readdirSync(new URL('../events/fetch-commits', import.meta.url)))(
  'the stored event %s fails no message but those that cannot be read',
  async (file) => {
    const name = file.replace('.json', '');
    const app = { ...acme.app, commitProviders: {} };
    const handler = queueDoor<BaseApp & FetchCommitsApp, typeof door.message>(door, async () => app);
    const answer = await handler(storedEvent<SQSEvent>(`fetch-commits/${name}`), lambdaContext());
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(failures[name]);
  },
);
