import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { errorPage } from '../../functions/pages/refusal-pages.ts';
import { heading, notLinked, openLink } from './linking.ts';
import { look } from './look.ts';
import { inChannel, people } from './people.ts';
import { signIn } from './sign-in.ts';
import type { World } from './world.ts';

/** More often than there is anything to reach on a page. */
const mostTabs = 60;

/** Goes on with the tabulator until this has the focus. @throws Error when it never gets it */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  await goal.waitFor();
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    await page.keyboard.press('Tab');
    if ((await goal.and(page.locator(':focus')).count()) === 1) return;
  }
  throw new Error(`The keyboard does not reach ${String(goal)}.`);
}

async function pressWithKeys(page: Page, goal: Locator): Promise<void> {
  await tabTo(page, goal);
  await page.keyboard.press('Enter');
}

/** The same ways without a mouse, and without script. */
export function accessWalks(world: () => World): void {
  test('links themselves with the keyboard alone', async () => {
    const visitor = await world().visitor();
    await notLinked(visitor, 'mia');
    const slack = await visitor.slack(inChannel('alerts', 'mia'));
    const answer = await slack.messageAfter(async () => {
      await tabTo(slack.page, slack.page.getByRole('textbox', { name: 'Message or command' }));
      await slack.page.keyboard.type('/postflow link');
      await slack.page.keyboard.press('Enter');
    });
    const opened = visitor.context.waitForEvent('page');
    await pressWithKeys(slack.page, answer.getByRole('link').first());
    const page = await opened;
    await pressWithKeys(page, page.getByRole('button', { name: people.mia.email }));
    await pressWithKeys(page, page.getByRole('button', { name: 'Link me' }));
    await heading(page, 'You are linked');
    await tabTo(page, page.getByRole('link', { name: 'Back to Slack' }));
  });

  test('links and unlinks themselves without script', async () => {
    await notLinked(await world().visitor(), 'ada');
    const visitor = await world().visitor({ javaScript: false });
    const slack = await visitor.slack(inChannel('alerts', 'ada'));
    const page = await openLink(slack, '/postflow link');
    await signIn(page, people.ada.email);
    await page.getByRole('button', { name: 'Link me' }).click();
    await heading(page, 'You are linked');
    // Without script the page does not follow what happens.
    await slack.page.reload();
    const unlinking = await openLink(slack, '/postflow unlink');
    await unlinking.getByRole('button', { name: 'Unlink' }).click();
    await heading(unlinking, 'Unlinked');
  });

  test('sees who has signed in, and signs out', async () => {
    const visitor = await world().visitor();
    const page = await visitor.open('/auth/sign-in/');
    await signIn(page, people.marco.email);
    await heading(page, 'You are signed in');
    const found = await look(page, 'account');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'You are signed out');
    found.push(...(await look(page, 'signed-out')));
    expect(found).toEqual([]);
  });

  test('can read the page of what went wrong on our side', async () => {
    const { context } = await world().visitor();
    const page = await context.newPage();
    await page.setContent(errorPage('8d1f5c1e-5f0e-4c6f-9a55-3f1f4a2f6a10'));
    expect(await look(page, 'error')).toEqual([]);
  });
}
