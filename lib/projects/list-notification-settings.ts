import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { projectsLookup } from './find-projects.ts';
import { readSettings, type SettingOwner } from './notification-setting-store.ts';
import { notificationKinds, notificationValues } from './notification-words.ts';

/** A notification setting as our API shows it. */
export const notificationSettingJson = z
  .object({
    project: z.string().nullable().meta({ description: 'Slug; null for all projects.' }),
    projectId: z.string().nullable(),
    kind: z.enum(notificationKinds),
    value: z.enum(notificationValues),
  })
  .meta({ id: 'NotificationSetting' });

/** A notification setting as our API shows it. */
export type NotificationSettingJson = z.infer<typeof notificationSettingJson>;

/** The settings of a person or a team about the projects that there are, those for all projects first. */
export async function listNotificationSettings(
  app: Pick<App, 'table'>,
  owner: SettingOwner,
): Promise<NotificationSettingJson[]> {
  const settings = await readSettings(app.table, owner);
  const ids = settings.flatMap(({ projectId }) => projectId ?? []);
  const [{ found }] = await lookUp(app.table, [projectsLookup(owner.organization, ids)]);
  const slugs = new Map(found.map(({ id, slug }) => [id, slug]));
  return settings.flatMap(({ projectId, kind, value }): NotificationSettingJson[] => {
    if (projectId === undefined) return [{ project: null, projectId: null, kind, value }];
    const slug = slugs.get(projectId);
    return slug === undefined ? [] : [{ project: slug, projectId, kind, value }];
  });
}
