import { describe, expect, it } from 'vitest';
import { createAcme, people } from '../../tests/support/acme.ts';
import { ConflictError, NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { ConditionFailedError } from '../platform/table.ts';
import { changeTeamRole, findMember, membershipHolds, membershipsLookup } from './index.ts';

async function started() {
  const { app } = await createAcme();
  const membershipsOf = async (email: string) => {
    const userId = (await findMember(app, 'acme', email))?.userId ?? '';
    const [memberships] = await lookUp(app.table, [membershipsLookup(userId, ['acme', 'globex', 'Not a slug'])]);
    return memberships;
  };
  return { app, membershipsOf };
}

describe('the role in a team', () => {
  it('is given, taken back, and the same when that is said twice', async () => {
    const { app, membershipsOf } = await started();
    const input = { organization: 'acme', email: people.ada, team: 'backend' };
    const membership = { organization: 'acme', role: 'admin', teams: ['backend'] };
    expect(await membershipsOf(people.ada)).toEqual([{ ...membership, adminOf: [] }]);
    for (const role of ['admin', 'admin'] as const) {
      await changeTeamRole(app, { ...input, role });
      expect(await membershipsOf(people.ada)).toEqual([{ ...membership, adminOf: ['backend'] }]);
    }
    for (const role of ['contributor', 'contributor'] as const) {
      await changeTeamRole(app, { ...input, role });
      expect(await membershipsOf(people.ada)).toEqual([{ ...membership, adminOf: [] }]);
    }
  });

  it('can be made the condition of a write', async () => {
    const { app, membershipsOf } = await started();
    const input = { organization: 'acme', email: people.ada, team: 'backend' };
    const { userId } = await changeTeamRole(app, { ...input, role: 'admin' });
    const [membership] = await membershipsOf(people.ada);
    if (membership === undefined) throw new Error('Ada is a member.');
    const write = () => app.table.write([membershipHolds(userId, membership, 'backend')]);
    await write();
    await changeTeamRole(app, { ...input, role: 'contributor' });
    await expect(write()).rejects.toThrow(ConditionFailedError);
    const other = { ...membership, adminOf: [], role: 'owner' as const };
    await expect(app.table.write([membershipHolds(userId, other, 'backend')])).rejects.toThrow(ConditionFailedError);
  });

  it('is for members of the organization who are in the team', async () => {
    const { app, membershipsOf } = await started();
    const input = { organization: 'acme', team: 'backend', role: 'admin' } as const;
    await expect(changeTeamRole(app, { ...input, email: people.mia })).rejects.toThrow(ConflictError);
    await expect(changeTeamRole(app, { ...input, email: people.ada, team: 'none' })).rejects.toThrow(ConflictError);
    await expect(changeTeamRole(app, { ...input, email: 'eve@else.example' })).rejects.toThrow(NotFoundError);
    expect(await membershipsOf(people.mia)).toEqual([{ organization: 'acme', role: 'member', teams: [], adminOf: [] }]);
  });
});
