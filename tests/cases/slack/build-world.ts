import { addWorkspace, type SlackJob, slackClient } from '../../../lib/slack/index.ts';
import { appOver, type Engines } from '../../support/app-over-engines.ts';
import { arrayQueue } from '../../support/array-queue.ts';
import { wholeApp } from '../../support/whole-app.ts';
import { giveIdentities, giveIdentity, giveLinks } from './give-links.ts';
import { givePeople } from './give-people.ts';
import { type Given, slackUserOf, userOf } from './given.ts';
import { sharingChannel } from './link-sharing.ts';
import { startRecordingSlack } from './recording-slack.ts';
import { type CaseApp, command, type SlackCaseApp, type World } from './world.ts';

const botToken = 'xoxb-of-the-case';

/** What else a case needs beside what it says. */
export interface Needs {
  /** Ids of Slack that what happens names: of channels, or of people. */
  readonly ids: readonly string[];
  /** Whether the Slack user is linked where the case does not say. */
  readonly linked: boolean;
}

/** Builds the world that a case begins with. */
export async function buildWorld(engines: Engines, given: Given, needs: Needs): Promise<World> {
  const base = await openApp(engines, given);
  const user = await givePeople(base, given);
  for (const organization of given.installed_in ?? []) {
    const workspace = { teamId: given.workspace, name: 'The workspace', botUserId: 'U0POSTFLOW', botToken };
    await addWorkspace(base, { organization, ...workspace });
  }
  await giveLinks(base, given);
  await giveIdentities(base, given);
  const slackUserId = slackUserOf(given);
  if (given.identity_linked ?? needs.linked) await giveIdentity(base, { given, slackUserId, userId: user.userId });
  const ids = [...new Set([given.channel.id, sharingChannel, ...needs.ids])];
  const slack = await startRecordingSlack(
    base.clock,
    {
      teamId: given.workspace,
      botToken,
      channels: ids.filter((id) => !/^[UW]/.test(id)),
      people: [...new Set([slackUserId, ...ids.filter((id) => /^[UW]/.test(id))])],
    },
    given.slack_reply,
  );
  return { app: withSlack(base, slack.apiUrl), slack, user: { id: user.userId, email: userOf(given) } };
}

async function openApp(engines: Engines, given: Given): Promise<CaseApp> {
  return {
    ...wholeApp(await appOver(engines)),
    signingSecret: given.signing_secret === undefined ? 'the signing secret' : (given.signing_secret ?? ''),
    verificationToken: given.verification_token ?? '',
    linkSigningKey: 'the key that signs links',
    sessionIssuer: 'https://slack.com',
    tokenEncryptionKey: 'the key that seals tokens',
    surroundings: { command, docsUrl: 'https://docs.example/', supportUrl: 'https://help.example/' },
  };
}

function withSlack(app: CaseApp, apiUrl: string): SlackCaseApp {
  const { table, tokenEncryptionKey, clock } = app;
  const wait = async (milliseconds: number) => clock.advance(milliseconds);
  const slack = slackClient({ table, tokenEncryptionKey, apiUrl, clock, wait });
  return { ...app, slack, slackJobs: arrayQueue<SlackJob>() };
}
