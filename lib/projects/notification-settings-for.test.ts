import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { changeNotificationSettings } from './change-notification-settings.ts';
import type { NotificationWish } from './notification-setting-body.ts';
import { effectiveValue, notificationSettingsFor } from './notification-settings-for.ts';
import type { NotificationKind, NotificationValue } from './notification-words.ts';

describe('what holds for somebody', () => {
  const here = (value: NotificationValue) => ({ projectId: '1', value });
  const there = (value: NotificationValue) => ({ projectId: '2', value });
  const everywhere = (value: NotificationValue) => ({ value });

  it.each<[string, NotificationKind, Parameters<typeof effectiveValue>[0], string[], NotificationValue]>([
    ['the default of deploys', 'deploy', [], ['1'], 'committed_only'],
    ['the default of the others', 'issue', [], ['1'], 'always'],
    ['what was said of all projects', 'deploy', [everywhere('never')], ['1'], 'never'],
    ['what was said of the project before that', 'deploy', [everywhere('never'), here('always')], ['1'], 'always'],
    ['nothing that was said of another project', 'deploy', [there('always')], ['1'], 'committed_only'],
    ['of several projects what tells most', 'deploy', [here('never'), there('always')], ['1', '2'], 'always'],
    ['the default beside a never', 'deploy', [here('never')], ['1', '2'], 'committed_only'],
    ['never, when all projects say so', 'alert', [here('never'), there('never')], ['1', '2'], 'never'],
    ['what was said of all projects, for what has none', 'deploy', [everywhere('always')], [], 'always'],
  ])('is %s', (_, kind, settings, projectIds, value) => {
    expect(effectiveValue(settings, projectIds, kind)).toBe(value);
  });

  type Settings = Parameters<typeof effectiveValue>[0];
  it.each<[string, Settings, Settings[], NotificationValue]>([
    ['what their team said', [], [[everywhere('never')]], 'never'],
    ['what their team said of the project', [], [[everywhere('never'), here('committed_only')]], 'committed_only'],
    ['what they said themselves', [everywhere('committed_only')], [[here('never')]], 'committed_only'],
    ['of several teams what tells most', [], [[here('never')], [everywhere('committed_only')]], 'committed_only'],
    ['nothing of a team that said nothing', [], [[], [everywhere('never')]], 'never'],
    ['the default when no team said anything of it', [], [[there('never')]], 'committed_only'],
  ])('of deploys is %s, with teams', (_, settings, ofTeams, value) => {
    expect(effectiveValue(settings, ['1'], 'deploy', ofTeams)).toBe(value);
  });
});

describe('the settings of many', () => {
  let acme: Acme;
  beforeEach(async () => {
    acme = await createAcme();
  });

  it('are read at once', async () => {
    const say = (ownerId: string, wishes: NotificationWish[]) =>
      changeNotificationSettings(acme.app, {
        owner: { organization: 'acme', ownerType: 'user', ownerId },
        wishes,
        reaches: () => true,
      });
    await say('ada', [{ project: 'web', kind: 'deploy', value: 'never' }]);
    await say('mia', [{ project: null, kind: 'deploy', value: 'always' }]);
    let reads = 0;
    const table = {
      ...acme.app.table,
      batchGet: (...args: Parameters<typeof acme.app.table.batchGet>) => {
        reads += 1;
        return acme.app.table.batchGet(...args);
      },
    };
    const userIds = ['ada', 'mia', 'olivia', 'ada'];
    const found = await notificationSettingsFor(
      { table },
      { organization: 'acme', projectIds: [acme.web.id], kind: 'deploy', userIds },
    );
    expect([...found]).toEqual([
      ['ada', 'never'],
      ['mia', 'always'],
      ['olivia', 'committed_only'],
    ]);
    expect(reads).toBe(1);
  });
});
