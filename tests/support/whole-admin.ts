import { expect } from 'vitest';
import { door as admin } from '../../functions/admin.ts';
import { directDoor } from '../../functions/middleware/direct-door.ts';
import { randomText } from '../../lib/platform/random-text.ts';
import type { DeletionMessage } from '../../lib/projects/index.ts';
import { arrayQueue } from './array-queue.ts';
import { asFunction, refusedSoFar } from './granted-actions.ts';
import { storedEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';
import { createTestApp } from './test-app.ts';

/** Commands in an order in which all of them can be done; the others need to be told about what these made. */
const commands = [
  ...['organization-create', 'organization-list', 'organization-update', 'member-add', 'member-list', 'member-update'],
  ...[
    'team-create',
    'team-list',
    'member-change-role',
    'team-change-role',
    'token-create',
    'personal-token-create',
    'token-list',
  ],
  ...['project-create', 'project-list', 'repository-create', 'repository-list', 'notification-setting-list'],
  ...['activity-list', 'issue-create', 'issue-list', 'workspace-add', 'workspace-list', 'alert-rule-create'],
  ...['alert-rule-list', 'project-update'],
] as const;

/** Has every command done that `npm run admin` knows. */
export async function useCommands(): Promise<void> {
  const app = {
    ...(await createTestApp()),
    randomText,
    deletions: arrayQueue<DeletionMessage>(),
    publicUrl: 'https://postflow.example',
    tokenEncryptionKey: 'a key for sealing tokens',
    // Nobody answers there.
    slackOauth: { apiUrl: 'http://127.0.0.1:9/', clientId: '', clientSecret: '' },
  };
  const handler = directDoor(admin, async () => app);
  const run = async (name: string, changes: object = {}) => {
    const stored = storedEvent<{ command: string; input: object }>(`admin/${name}`);
    const payload = { ...stored, input: { ...stored.input, ...changes } };
    const outcome = await asFunction('admin', () => handler(payload, lambdaContext()));
    expect(outcome, `${name} ${refusedSoFar()}`).toMatchObject({ ok: true });
    return outcome.ok ? outcome.result : undefined;
  };
  for (const name of commands) await run(name);
  await run('issue-list', { project: undefined });
  const [rule] = (await run('alert-rule-list')) as { id: string }[];
  await run('digest-create', { rules: [rule?.id] });
  await run('digest-list');
  const { id } = (await run('token-create')) as { id: string };
  await run('token-revoke', { id });
  await run('workspace-disconnect');
  await run('project-delete', { project: 'shop' });
}
