import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, openLink } from './linking.ts';
import { look } from './look.ts';
import { people } from './people.ts';
import { signIn } from './sign-in.ts';
import type { World } from './world.ts';

const globex = { team: 'T0GLOBEX01', channel: 'C0GLOBEXGE', viewer: 'U0OLIVIAGX' };

/** Bringing the app into a workspace, and taking it out again. */
export function installWalks(world: () => World): void {
  const beginInstall = async () => {
    const visitor = await world().visitor();
    const page = await visitor.open('/extensions/slack/install/');
    await signIn(page, people.olivia.email);
    await heading(page, 'Your Slack workspaces');
    return { visitor, page };
  };
  const disconnect = async (page: Page) => {
    await page.goto('/extensions/slack/install/');
    await page.getByRole('button', { name: 'Disconnect Globex from Acme' }).click();
    await heading(page, 'Disconnect this workspace?');
  };

  test('adds the app to a second workspace with a click, and disconnects it', async () => {
    const { visitor, page } = await beginInstall();
    const found = await look(page, 'install');
    await page.getByRole('button', { name: 'Continue to Slack' }).click();
    found.push(...(await look(page, 'slack-authorize')));
    await page.getByRole('button', { name: 'Allow in Globex' }).click();
    await heading(page, 'postflow is in Globex');
    found.push(...(await look(page, 'installed')));

    const linking = await openLink(await visitor.slack(globex), '/postflow link');
    await heading(linking, 'Link yourself to Slack?');

    await page.getByRole('link', { name: 'Your Slack workspaces' }).click();
    await heading(page, 'Your Slack workspaces');
    found.push(...(await look(page, 'install-two')));
    await disconnect(page);
    found.push(...(await look(page, 'disconnect')));
    await page.getByRole('button', { name: 'Yes, disconnect it' }).click();
    await heading(page, 'Disconnected');
    found.push(...(await look(page, 'disconnected')));

    // The link is still good for half an hour, and its workspace is gone.
    await linking.getByRole('button', { name: 'Link me' }).click();
    await heading(linking, 'postflow is not in this workspace');
    found.push(...(await look(linking, 'workspace-gone')));
    expect(found).toEqual([]);
  });

  test('changes their mind at Slack', async () => {
    const { page } = await beginInstall();
    await page.getByRole('button', { name: 'Continue to Slack' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await heading(page, 'You did not add postflow');
    expect(await look(page, 'install-cancelled')).toEqual([]);
  });

  test('is the only one who installs: members are told whom to ask', async () => {
    const visitor = await world().visitor();
    const page = await visitor.open('/extensions/slack/install/');
    await signIn(page, people.mia.email);
    await heading(page, 'This is for managers and owners');
    expect(await look(page, 'install-no-role')).toEqual([]);
  });
}
