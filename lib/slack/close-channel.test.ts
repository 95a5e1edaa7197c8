import { beforeEach, expect, it } from 'vitest';
import { createSlackAcme, type SlackAcme } from '../../tests/support/slack-acme.ts';
import { ConditionFailedError } from '../platform/table.ts';
import { closeChannel } from './close-channel.ts';
import { linkTeam } from './link-team.ts';
import { readSituation } from './read-situation.ts';
import type { SlackJobOf } from './slack-job.ts';
import type { TeamSettingsIntent } from './team-channels.ts';

const channelId = 'C0ALERTS01';
let acme: SlackAcme;
let deleted: SlackJobOf<'channel-closed'>;

beforeEach(async () => {
  acme = await createSlackAcme();
  const { teamId, users } = acme;
  deleted = { kind: 'channel-closed', teamId, eventId: 'Ev1', channelId, how: 'deleted' };
  await acme.linked('U0ADA00001', 'ada');
  const place = { teamId, slackUserId: 'U0ADA00001', userId: users.ada, channelId, channelName: 'alerts' };
  await linkTeam(acme.app, { link: acme.freshLink(), ...place, organization: 'acme', team: 'backend' });
});

const teamsHere = async () => (await readSituation(acme.app, { teamId: acme.teamId, channelId }))?.teamsHere;

it('a deleted channel has its team’s settings forgotten, an archived one does not', async () => {
  const intents: TeamSettingsIntent[] = [];
  const also = async (intent: TeamSettingsIntent) => {
    intents.push(intent);
    return [];
  };
  await closeChannel(acme.app, { ...deleted, eventId: 'Ev0', how: 'archived' }, also);
  expect(intents).toEqual([]);
  await closeChannel(acme.app, deleted, also);
  const backend = { organization: 'acme', ownerType: 'team', ownerId: expect.any(String) };
  expect(intents).toEqual([{ what: 'remove', ...backend }]);
});

it('the team stays while its settings cannot go: both are one transaction', async () => {
  const nowhere = { pk: 'NOWHERE', sk: 'NOTHING' };
  const impossible = async () => [{ delete: nowhere, onlyIf: { expression: 'attribute_exists(pk)' } }];
  await expect(closeChannel(acme.app, deleted, impossible)).rejects.toMatchObject({
    cause: expect.any(ConditionFailedError),
  });
  expect(await teamsHere()).toEqual([{ organization: 'acme', team: 'backend' }]);
});
