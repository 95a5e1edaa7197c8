import { describe, expect, it } from 'vitest';
import { createTestApp, testStart } from '../../tests/support/test-app.ts';
import { SealBrokenError } from '../platform/encryption.ts';
import { findBotToken } from './find-bot-token.ts';
import { loadOrganizationsOf, loadWorkspace } from './workspace-store.ts';
import { addWorkspace, findWorkspace, listWorkspaces } from './workspaces.ts';

const acme = {
  organization: 'acme',
  teamId: 'T0ACME001',
  name: 'Acme',
  botUserId: 'U0POSTFLOW',
  botToken: 'xoxb-hush',
};
const described = {
  teamId: 'T0ACME001',
  name: 'Acme',
  botUserId: 'U0POSTFLOW',
  status: 'active',
  installedAt: testStart,
};

async function testApp() {
  return { ...(await createTestApp()), tokenEncryptionKey: 'a key of this installation' };
}

describe('a Slack workspace', () => {
  it('is found by its id once it is connected', async () => {
    const app = await testApp();
    expect(await findWorkspace(app, acme.teamId)).toBeUndefined();
    expect(await addWorkspace(app, acme)).toEqual(described);
    expect(await findWorkspace(app, acme.teamId)).toEqual(described);
  });

  it('serves several organizations, and an organization uses several', async () => {
    const app = await testApp();
    await addWorkspace(app, acme);
    await addWorkspace(app, { ...acme, organization: 'globex' });
    await addWorkspace(app, { ...acme, teamId: 'T0SECOND1', name: 'Second' });
    expect((await listWorkspaces(app, 'acme')).map(({ name }) => name)).toEqual(['Acme', 'Second']);
    expect(await listWorkspaces(app, 'globex')).toEqual([described]);
    expect(await listWorkspaces(app, 'nobody')).toEqual([]);
  });

  it('keeps its token sealed in the table and opens it with the key only', async () => {
    const app = await testApp();
    await addWorkspace(app, acme);
    const stored = JSON.stringify(await Array.fromAsync(app.table.queryAll({ partition: 'WORKSPACE#T0ACME001' })));
    expect(stored).toContain('sealedBotToken');
    expect(stored).not.toContain('hush');
    expect(await findBotToken(app, acme.teamId)).toBe('xoxb-hush');
    expect(await findBotToken(app, 'T0NOBODY01')).toBeUndefined();
    await expect(findBotToken({ ...app, tokenEncryptionKey: 'another installation' }, acme.teamId)).rejects.toThrow(
      SealBrokenError,
    );
  });

  it('says itself which organizations it serves, also when it was stored before that was kept', async () => {
    const app = await testApp();
    await addWorkspace(app, acme);
    await addWorkspace(app, { ...acme, organization: 'globex' });
    const organizations = async () => (await loadWorkspace(app, acme.teamId))?.organizations;
    expect(await organizations()).toEqual(new Set(['acme', 'globex']));
    const key = { pk: 'WORKSPACE#T0ACME001', sk: 'WORKSPACE' };
    await app.table.update(key, { expression: 'REMOVE organizations' });
    expect(await loadOrganizationsOf(app, { teamId: acme.teamId })).toEqual(['acme', 'globex']);
    await addWorkspace(app, { ...acme, organization: 'initech' });
    expect(await organizations()).toEqual(new Set(['acme', 'globex', 'initech']));
    expect(await findWorkspace(app, acme.teamId)).toEqual(described);
  });

  it('has the newest token after an installation again', async () => {
    const app = await testApp();
    await addWorkspace(app, acme);
    await addWorkspace(app, { ...acme, botToken: 'xoxb-new' });
    expect(await findBotToken(app, acme.teamId)).toBe('xoxb-new');
  });
});
