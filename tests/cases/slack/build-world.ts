import { addWorkspace } from '../../../lib/slack/index.ts';
import { appOver, type Engines } from '../../support/app-over-engines.ts';
import { wholeApp } from '../../support/whole-app.ts';
import { giveIdentity, giveLinks } from './give-links.ts';
import { givePeople } from './give-people.ts';
import { type Given, slackUserOf } from './given.ts';
import { startRecordingSlack } from './recording-slack.ts';
import { type CaseApp, command, people, type World } from './world.ts';

const botToken = 'xoxb-of-the-case';

/** Builds the world that a case begins with; `places` are the channels and people of Slack that what happens names. */
export async function buildWorld(engines: Engines, given: Given, places: readonly string[]): Promise<World> {
  const testApp = await appOver(engines);
  const app: CaseApp = {
    ...wholeApp(testApp),
    signingSecret: given.signing_secret === undefined ? 'the signing secret' : (given.signing_secret ?? ''),
    verificationToken: given.verification_token ?? '',
    linkSigningKey: 'the key that signs links',
    tokenEncryptionKey: 'the key that seals tokens',
    surroundings: { command, docsUrl: 'https://docs.example/', supportUrl: 'https://help.example/' },
  };
  const user = await givePeople(app, given);
  for (const organization of given.installed_in ?? []) {
    const workspace = { teamId: given.workspace, name: 'The workspace', botUserId: 'U0POSTFLOW', botToken };
    await addWorkspace(app, { organization, ...workspace });
  }
  await giveLinks(app, given);
  if (given.identity_linked) await giveIdentity(app, { given, slackUserId: slackUserOf(given), userId: user.userId });
  const slack = await startRecordingSlack(
    app.clock,
    { teamId: given.workspace, botToken, places: [...new Set([given.channel.id, slackUserOf(given), ...places])] },
    given.slack_reply,
  );
  return { app, slack, user: { id: user.userId, email: people.user } };
}
