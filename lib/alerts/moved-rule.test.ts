import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drain } from '../../tests/support/alerting-app.ts';
import { createPressingApp, type PressingApp } from '../../tests/support/pressing-app.ts';
import { storeIncident, storeRule } from '../../tests/support/stored-incident.ts';
import { pageRequest } from '../platform/pagination.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { findNewestIncidents } from './incident-store.ts';
import { listIncidents } from './list-incidents.ts';
import { changeAlertRule } from './rules/change-alert-rule.ts';
import { showAlert } from './show-alert.ts';
import { showAlertRule } from './show-alert-rule.ts';

// Mia is in no team: what belongs to the project `api` is none of hers, and what belongs to `web` is everybody's.
let app: PressingApp;
let secret: AlertRule;
let rule: AlertRule;

beforeAll(async () => {
  app = await createPressingApp();
  secret = await storeRule(app, { project: 'api', name: 'Errors' });
  await storeIncident(app, secret);
  app.clock.advance(3_600_000);
  const moving = { caller: { organization: 'acme' }, ruleId: secret.id, changes: { projects: ['web'] } };
  ({ rule } = await changeAlertRule(app, moving));
  await drain(app);
  await storeIncident(app, rule);
});
afterAll(() => app.close());

const caller = () => ({ ...organizationToken, userId: app.acme.users.mia });
const organizationToken = { kind: 'personal', organization: 'acme', scopes: [], tokenId: '1', tokenHash: '' } as const;

describe('a rule that was moved out of a project of a team', () => {
  it('does not show to others what it found there, but what it found since then', async () => {
    const wanted = { caller: caller(), ruleId: rule.id, incident: 1 };
    const shown = await showAlertRule(app, { ...wanted, chartHours: 24 });
    expect(shown).toMatchObject({ project: 'web', incident: undefined, chart: { incidents: [{ identifier: 2 }] } });
    expect(shown.incidents.map(({ identifier }) => identifier)).toEqual([2]);
    const box = JSON.stringify(await showAlert(app, wanted));
    expect(box).toContain('Errors');
    expect(box).not.toContain('alert=1');
    const list = { organization: 'acme', caller: caller(), status: 'all', ruleId: rule.id } as const;
    const { items } = await listIncidents(app, { ...list, page: pageRequest({}) });
    expect(items.map(({ identifier }) => identifier)).toEqual(['2']);
  });

  it('has had none where it is moved to, and its old ones where it is moved back', async () => {
    const newest = async (projectId: string) =>
      (await findNewestIncidents(app, { id: rule.id, projectId }, 1)).map(({ identifier }) => identifier);
    expect(await newest('elsewhere')).toEqual([]);
    expect(await newest(rule.projectId)).toEqual([2]);
    expect(await newest(secret.projectId)).toEqual([1]);
  });
});
