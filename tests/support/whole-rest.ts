import { expect } from 'vitest';
import { door as apiRoot } from '../../functions/api-root.ts';
import { door as deleteProjectDoor } from '../../functions/delete-project.ts';
import { door as ingestEnvelope } from '../../functions/ingest-envelope.ts';
import { door as ingestOtlp } from '../../functions/ingest-otlp.ts';
import { door as renderChart } from '../../functions/render-chart.ts';
import { createDigest, digestBody } from '../../lib/alerts/index.ts';
import { foldMemory, foldMessages, pointMessage, type WireMessage } from '../../lib/metrics/index.ts';
import { createOrganization } from '../../lib/organizations/index.ts';
import { randomText } from '../../lib/platform/random-text.ts';
import { createProject, type DeletionMessage, deleteProject } from '../../lib/projects/index.ts';
import { type Acme, withToken } from './acme.ts';
import { type AlertingApp, createAlertingApp, createRule, drain, schedule, sendErrors } from './alerting-app.ts';
import { arrayQueue } from './array-queue.ts';
import { asFunction, refusedSoFar } from './granted-actions.ts';
import { storedEvent } from './http-event.ts';
import { linkPersonAndTeam } from './people-in-slack.ts';
import { slackWorkspace } from './slack-server.ts';
import { createTestApp } from './test-app.ts';
import { useCommands } from './whole-admin.ts';
import { request, work } from './whole-calls.ts';
import { usePages } from './whole-pages.ts';
import { useSlack } from './whole-slack.ts';

const ruleKey = ({ id }: { readonly id: string }) => ({ pk: `ALERT_RULE#${id}`, sk: 'RULE' });

/** An incident that is told, gets better and ends with its project; and a rule that is gone when its turn comes. */
async function alerts(): Promise<void> {
  const app = { ...(await createAlertingApp()), randomText, deletions: arrayQueue<DeletionMessage>() };
  const rule = await createRule(app);
  const { user, team } = await linkPersonAndTeam(app);
  const triggers = rule.triggers.map((trigger) => ({ ...trigger, actions: [...trigger.actions, user, team] }));
  await app.table.update(ruleKey(rule), {
    expression: 'SET triggers = :triggers',
    values: { ':triggers': triggers },
  });
  const gone = await createRule(app, { name: 'Gone' });
  await app.table.write([{ delete: ruleKey(gone) }]);
  for (const count of [11, 0, 11]) {
    await sendErrors(app, count);
    app.clock.advance(60_000);
    await schedule(app);
    await drain(app);
  }
  expect(app.slackServer.messages()).not.toEqual([]);
  const [first] = app.slackServer.messages();
  await work(renderChart, { ...app, draw: async () => new Uint8Array(9) }, [
    ...app.charts.takeAll(),
    {
      ...{ kind: 'rule-chart', organization: 'acme', ruleId: rule.id, hours: 1, teamId: slackWorkspace.teamId },
      ...{ channelId: first?.channel, threadTs: first?.ts, slackUserId: 'U0ADA' },
    },
  ]);
  expect(app.slackServer.files(), refusedSoFar()).toHaveLength(3);
  await digest(app, rule.id);
  await deleteProject(app, { organization: 'acme', project: 'web' });
  await work(deleteProjectDoor, app, app.deletions.takeAll());
  app.clock.advance(60_000);
  await schedule(app);
  await drain(app);
  await app.slackServer.stop();
}

/** A digest that was due some days ago, and is sent. */
async function digest(app: AlertingApp, ruleId: string): Promise<void> {
  const wanted = { name: 'Daily', rules: [ruleId], schedule: '0 9 * * *', period: '24h', inputChannelId: 'C0ALERTS01' };
  await createDigest(app, { caller: { organization: 'acme' }, body: digestBody.parse(wanted) });
  app.clock.advance(3 * 86_400_000);
  await schedule(app);
  const before = app.slackServer.messages().length;
  await work(renderChart, { ...app, draw: async () => new Uint8Array(9) }, app.charts.takeAll());
  expect(app.slackServer.messages(), refusedSoFar()).toHaveLength(before + 1);
}

async function ingest(): Promise<void> {
  const base = await createTestApp();
  const app = { ...base, randomText, points: arrayQueue<WireMessage>(), memory: foldMemory(base.clock) };
  await createOrganization(app, { slug: 'acme', name: 'Acme' });
  const publicKey = '0123456789abcdef0123456789abcdef';
  await createProject({ ...app, randomText: () => publicKey }, { organization: 'acme', name: 'Web', slug: 'web' });
  await request(ingestEnvelope, app, storedEvent('ingest-envelope/counter'));
  await request(ingestOtlp, app, storedEvent('ingest-otlp/protobuf'));
  const sent = app.points.takeAll();
  await asFunction('fold-points', () =>
    foldMessages(
      app,
      sent.map((message) => pointMessage.parse(message)),
    ),
  );
  // Again in a new process, and with a minimum that another has to be compared with.
  const load = { m: 'd:custom/load@none', s: { values: [1, 2] } };
  for (const batchId of ['first-message-of-load', 'second-message-of-load']) {
    const message = pointMessage.parse({ ...sent[0], batchId, points: [load] });
    const worker = { ...app, memory: foldMemory(app.clock) };
    for (const _ of [1, 2]) await asFunction('fold-points', () => foldMessages(worker, [message]));
  }
}

/** Has all other functions do all that they can. */
export async function useTheRest({ acme, token }: { readonly acme: Acme; readonly token: string }): Promise<void> {
  await request(apiRoot, acme.app, withToken(storedEvent('api-root/info'), token));
  await alerts();
  await ingest();
  await useSlack();
  await usePages(acme);
  await useCommands();
}
