import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { changeNotificationSettings } from './change-notification-settings.ts';
import { deleteProject } from './delete-project.ts';
import { eraseProject, type ProjectEraser } from './erase-project.ts';
import { findSettingsAbout } from './notification-setting-store.ts';
import { projectKey } from './project-store.ts';

let acme: Acme;
let message: { organization: string; projectId: string };

beforeEach(async () => {
  acme = await createAcme();
  message = { organization: 'acme', projectId: acme.web.id };
});

/** Says something about both projects, as so many people. */
async function addSettings(people: number): Promise<void> {
  for (let number = 0; number < people; number += 1) {
    await changeNotificationSettings(acme.app, {
      owner: { organization: 'acme', ownerType: 'user', ownerId: `user-${number}` },
      wishes: [
        { project: 'web', kind: 'deploy', value: 'always' },
        { project: 'web', kind: 'issue', value: 'never' },
        { project: 'api', kind: 'issue', value: 'never' },
      ],
      reaches: () => true,
    });
  }
}

const settingsLeft = async (id: string): Promise<number> => (await findSettingsAbout(acme.app.table, id, 200)).length;
const markForDeletion = () => deleteProject(acme.app, { organization: 'acme', project: 'web' });

/** An eraser with so many pages, which notes each time how many settings there still were. */
function pages(count: number, seen: number[], afterPage: () => void = () => {}): ProjectEraser<object> {
  let left = count;
  return {
    name: 'pages',
    async erasePage() {
      seen.push(await settingsLeft(acme.web.id));
      afterPage();
      left -= 1;
      return left >= 0 ? 'more' : 'done';
    },
  };
}

async function statusOfWeb(): Promise<unknown> {
  const key = projectKey('acme', acme.web.id);
  return key && (await acme.app.table.get(key))?.['status'];
}

describe('erasing a project', () => {
  it('begins with its notification settings, however many, and no others', async () => {
    await addSettings(60);
    await markForDeletion();
    const seen: number[] = [];
    await eraseProject(acme.app, message, { erasers: [pages(2, seen)], budgetMs: 1_000 });
    expect(seen[0]).toBe(0);
    expect(await settingsLeft(acme.web.id)).toBe(0);
    expect(await settingsLeft(acme.api.id)).toBe(60);
    expect(await statusOfWeb()).toBe('deleted');
  });

  it('leaves word of it for a month', async () => {
    await markForDeletion();
    await eraseProject(acme.app, message, { erasers: [], budgetMs: 1_000 });
    const key = projectKey('acme', acme.web.id);
    const item = key && (await acme.app.table.get(key));
    expect(item?.['expiresAt']).toBe(Date.parse('2026-04-01T09:00:00Z') / 1_000);
  });

  it('goes on in another turn when time is short', async () => {
    await markForDeletion();
    acme.app.deletions.takeAll();
    const eraser = pages(5, [], () => acme.app.clock.advance(400));
    let turns = 0;
    for (let open = [message]; open.length > 0; open = acme.app.deletions.takeAll()) {
      expect(await statusOfWeb()).toBe('pending-deletion');
      turns += 1;
      for (const one of open) await eraseProject(acme.app, one, { erasers: [eraser], budgetMs: 1_000 });
    }
    expect(turns).toBe(2);
    expect(await statusOfWeb()).toBe('deleted');
  });

  it('goes on where it failed', async () => {
    await addSettings(1);
    await markForDeletion();
    const failing: ProjectEraser<object> = { name: 'failing', erasePage: () => Promise.reject(new Error('away')) };
    const work = { erasers: [failing], budgetMs: 1_000 };
    await expect(eraseProject(acme.app, message, work)).rejects.toThrow('away');
    expect(await statusOfWeb()).toBe('pending-deletion');
    await eraseProject(acme.app, message, { erasers: [], budgetMs: 1_000 });
    expect(await statusOfWeb()).toBe('deleted');
  });

  it('touches nothing that is not marked, not there, or named by slug', async () => {
    await addSettings(1);
    const seen: number[] = [];
    for (const projectId of [acme.web.id, '7', 'web', '']) {
      await eraseProject(acme.app, { organization: 'acme', projectId }, { erasers: [pages(1, seen)], budgetMs: 1_000 });
    }
    expect(seen).toEqual([]);
    expect(await settingsLeft(acme.web.id)).toBe(2);
    expect(await statusOfWeb()).toBe('active');
  });

  it('comes before anything new that is said about the project', async () => {
    await Promise.all([
      markForDeletion(),
      addSettings(3).catch((error: unknown) => expect(error).toMatchObject({ status: expect.any(Number) as unknown })),
    ]);
    await eraseProject(acme.app, message, { erasers: [], budgetMs: 1_000 });
    expect(await settingsLeft(acme.web.id)).toBe(0);
  });
});
