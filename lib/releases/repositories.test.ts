import { describe, expect, it } from 'vitest';
import { createTestApp, testStart } from '../../tests/support/test-app.ts';
import { createRepository, listRepositories } from './repositories.ts';

describe('repositories', () => {
  it('are known by name, once in an organization', async () => {
    const app = await createTestApp();
    const input = { organization: 'acme', name: 'acme/app', url: 'https://github.com/acme/app', provider: 'github' };
    const repository = await createRepository(app, input);
    expect(repository).toEqual({ ...input, id: expect.any(String) as unknown, createdAt: testStart });
    await expect(createRepository(app, input)).rejects.toMatchObject({ status: 409 });
    const other = await createRepository(app, { organization: 'acme', name: 'a' });
    await createRepository(app, { organization: 'globex', name: 'acme/app' });
    expect(await listRepositories(app, { organization: 'acme' })).toEqual([other, repository]);
  });

  it('are made once by two at the same moment', async () => {
    const app = await createTestApp();
    const input = { organization: 'acme', name: 'acme/app' };
    const outcomes = await Promise.allSettled([createRepository(app, input), createRepository(app, input)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});
