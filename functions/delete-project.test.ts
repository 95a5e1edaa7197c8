import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomText } from '../lib/platform/random-text.ts';
import { createProject, type DeletionMessage, deleteProject } from '../lib/projects/index.ts';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from '../tests/support/alerting-app.ts';
import { type ArrayQueue, arrayQueue } from '../tests/support/array-queue.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { door } from './delete-project.ts';
import { queueDoor } from './middleware/queue-door.ts';

type DeletionTestApp = AlertingApp & { readonly deletions: ArrayQueue<DeletionMessage> };

let app: DeletionTestApp;

beforeEach(async () => {
  app = { ...(await createAlertingApp()), deletions: arrayQueue<DeletionMessage>() };
});
afterEach(() => app.slackServer.stop());

const run = (event: SQSEvent) =>
  queueDoor<DeletionTestApp, typeof door.message>(door, async () => app)(event, lambdaContext());

/** The projects of which there is anything left in their organization. */
async function projectItems(): Promise<string[]> {
  const items = await Array.fromAsync(app.table.queryAll({ partition: 'ORG#acme', beginsWith: 'PROJECT' }));
  return items.map(({ sk }) => sk);
}

describe('the deletions queue', () => {
  it('has a project erased, with its rules and their incidents, and tells nobody any more', async () => {
    const rule = await createRule(app);
    await sendErrors(app, 11);
    app.clock.advance(60_000);
    await schedule(app);
    await drain(app);
    const of = (pk: string) => Array.fromAsync(app.table.queryAll({ partition: pk }));
    expect(await of(`ALERT_RULE#${rule.id}`)).toHaveLength(2);
    expect(await of('INCIDENT#acme#1')).not.toEqual([]);

    const removal = { ...app, randomText };
    await deleteProject(removal, { organization: 'acme', project: 'web' });
    const event = storedEvent<SQSEvent>('delete-project/one-project');
    expect(app.deletions.takeAll()).toEqual([JSON.parse(event.Records[0]?.body ?? '')]);
    expect(await run(event)).toEqual({ batchItemFailures: [] });
    expect(await of(`ALERT_RULE#${rule.id}`)).toEqual([]);
    expect(await of('INCIDENT#acme#1')).toEqual([]);
    expect(await projectItems(), 'it is remembered for a while').toEqual([`PROJECT#${app.project.id}`]);
    expect(await run(event), 'twice is once').toEqual({ batchItemFailures: [] });

    // Deleting it again is no error for as long as it is remembered, and asks for nothing.
    await deleteProject(removal, { organization: 'acme', project: app.project.id });
    expect(app.deletions.takeAll()).toEqual([]);
    app.clock.advance(60_000);
    await schedule(app);
    expect(app.evaluations.takeAll()).toEqual([]);
  });

  it('leaves a project alone that nobody deleted, and the rules of others', async () => {
    await createProject({ ...app, randomText }, { organization: 'acme', name: 'Other', slug: 'other' });
    const other = await createRule(app, { project: 'other' });
    expect(await run(storedEvent('delete-project/one-project'))).toEqual({ batchItemFailures: [] });
    expect(await projectItems()).toHaveLength(4);
    await deleteProject({ ...app, randomText }, { organization: 'acme', project: 'web' });
    await run(storedEvent('delete-project/one-project'));
    expect(await Array.fromAsync(app.table.queryAll({ partition: `ALERT_RULE#${other.id}` }))).toHaveLength(2);
  });

  it('fails messages that cannot be read, one by one', async () => {
    expect(await run(storedEvent('delete-project/broken'))).toEqual({
      batchItemFailures: [
        { itemIdentifier: '00000000-0000-4000-8000-000000000001' },
        { itemIdentifier: '00000000-0000-4000-8000-000000000002' },
      ],
    });
  });
});
