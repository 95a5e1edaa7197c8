import { expect, test } from 'vitest';
import { heading, notLinked, openLink } from './linking.ts';
import { look } from './look.ts';
import { inChannel, people } from './people.ts';
import { signIn } from './sign-in.ts';
import type { World } from './world.ts';

/** Linking oneself, and unlinking. */
export function identityWalks(world: () => World): void {
  test('links themselves from Slack, is known there, and unlinks again', async () => {
    const visitor = await world().visitor();
    await notLinked(visitor, 'mia');
    const slack = await visitor.slack(inChannel('general', 'mia'));
    const found: string[] = [];

    const linking = await openLink(slack, '/postflow link');
    found.push(...(await look(linking, 'provider')));
    await signIn(linking, people.mia.email);
    await heading(linking, 'Link yourself to Slack?');
    expect(await linking.getByRole('definition').allInnerTexts()).toEqual([
      expect.stringContaining(people.mia.slackUserId),
      expect.stringContaining(people.mia.email),
    ]);
    found.push(...(await look(linking, 'link-identity')));
    await linking.getByRole('button', { name: 'Link me' }).click();
    await heading(linking, 'You are linked');
    found.push(...(await look(linking, 'link-identity-done')));
    await slack.saying(/are linked|linked as/i).waitFor();

    const again = await slack.type('/postflow link');
    expect(await again.innerText()).toContain(`You are linked already, as ${people.mia.email}`);
    found.push(...(await look(slack.page, 'slack-linked')));

    const unlinking = await openLink(slack, '/postflow unlink');
    await heading(unlinking, 'Unlink yourself from Slack?');
    found.push(...(await look(unlinking, 'unlink-identity')));
    await unlinking.getByRole('button', { name: 'Unlink' }).click();
    await heading(unlinking, 'Unlinked');
    found.push(...(await look(unlinking, 'unlink-identity-done')));
    const nothing = await slack.type('/postflow unlink');
    expect(await nothing.innerText()).toContain('You are not linked in this workspace');
    expect(found).toEqual([]);
  });

  test('finds the help in Slack, and the whole of it on a phone', async () => {
    const visitor = await world().visitor();
    const slack = await visitor.slack(inChannel('general', 'sam'));
    const answer = await slack.type('/postflow help');
    expect(await answer.innerText()).toContain('/postflow link team');
    expect(await look(slack.page, 'slack-help')).toEqual([]);
  });
}
