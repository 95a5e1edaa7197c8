import type { App } from '../platform/app.ts';
import { epochSeconds } from '../platform/clock.ts';
import { dynamoTransactionActions } from '../platform/limits.ts';
import type { Queue } from '../platform/queue.ts';
import type { DeletionMessage } from './delete-project.ts';
import { findSettingsAbout } from './notification-setting-store.ts';
import { buryProject, projectKey, projectOf } from './project-store.ts';

/**
 * Erases what one part of the system stores about a project, a page with every call until it says `done`. Any page may come
 * twice.
 */
export interface ProjectEraser<A> {
  /** What is erased, for the log. */
  readonly name: string;
  readonly erasePage: (app: A, project: DeletionMessage) => Promise<'more' | 'done'>;
}

/** What erasing a project needs beside what its erasers need. */
export type EraseApp = Pick<App, 'table' | 'clock' | 'log'> & { readonly deletions: Queue<DeletionMessage> };

/** A deleted project is remembered this long, so that deleting it again by its ID is no error. */
const rememberedSeconds = 30 * 86_400;

/** Before all others: nobody may be told of a project that is going. */
const notificationSettings: ProjectEraser<Pick<App, 'table'>> = {
  name: 'notification settings',
  async erasePage({ table }, { projectId }) {
    const keys = await findSettingsAbout(table, projectId, dynamoTransactionActions);
    if (keys.length === 0) return 'done';
    await table.write(keys.map((key) => ({ delete: key })));
    return 'more';
  },
};

/**
 * Erases everything of a project that was marked for deletion: its notification settings, then what each eraser knows of,
 * in this order. After `budgetMs` it asks for another turn and ends; what was erased stays so. A project that is not
 * marked is left alone.
 */
export async function eraseProject<A>(
  app: A & EraseApp,
  message: DeletionMessage,
  { erasers, budgetMs }: { readonly erasers: readonly ProjectEraser<A>[]; readonly budgetMs: number },
): Promise<void> {
  const key = projectKey(message.organization, message.projectId);
  const item = key && (await app.table.get(key, { consistent: true }));
  const project = item && projectOf(item);
  if (project?.id !== message.projectId || project.status !== 'pending-deletion') return;
  const endAt = app.clock.now() + budgetMs;
  const all: readonly ProjectEraser<A & EraseApp>[] = [notificationSettings, ...erasers];
  // Twice, because the indexes in which things are found may have been a moment behind; there the second time is cheap.
  for (const { name, erasePage } of [...all, ...all]) {
    let pages = 0;
    while ((await erasePage(app, message)) === 'more') {
      pages += 1;
      if (app.clock.now() < endAt) continue;
      app.log.info('erasing a project goes on in another turn', { projectId: message.projectId, erasing: name });
      await app.deletions.send([message]);
      return;
    }
    if (pages > 0) app.log.info('erased', { projectId: message.projectId, erased: name, pages });
  }
  await buryProject(app.table, project, epochSeconds(app.clock) + rememberedSeconds);
}
