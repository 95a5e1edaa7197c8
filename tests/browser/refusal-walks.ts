import { expect, test } from 'vitest';
import { heading, linked, notLinked, openLink } from './linking.ts';
import { look } from './look.ts';
import { linkOfLongAgo } from './old-link.ts';
import { inChannel, inDirectMessages, type Person, people } from './people.ts';
import { signIn } from './sign-in.ts';
import type { World } from './world.ts';

/** Everything that keeps somebody from linking, each with a page that says so and what to do. */
export function refusalWalks(world: () => World): void {
  const openedBy = async (person: Person) => {
    const visitor = await world().visitor();
    await notLinked(visitor, person);
    const page = await openLink(await visitor.slack(inDirectMessages(person)), '/postflow link');
    return { visitor, page };
  };

  test('is turned away who is somebody else in Slack, and let in with the right account', async () => {
    const { page } = await openedBy('ada');
    await signIn(page, people.mia.email, 'Acme');
    await heading(page, 'This link is for another account');
    expect(await look(page, 'wrong-account')).toEqual([]);
    await page.getByRole('link', { name: 'Use another account' }).click();
    await signIn(page, people.ada.email, 'Acme');
    await heading(page, 'Link yourself to Slack?');
  });

  test.for([
    ['nobody here knows', 'Greta Globex', 'We do not know this account', 'unknown-account'],
    ['has not confirmed the address', 'Una Unverified', 'This address is not confirmed yet', 'unverified-address'],
  ] as const)('is turned away whom %s', async ([, name, title, picture]) => {
    const { page } = await openedBy('sam');
    await signIn(page, name);
    await heading(page, title);
    expect(await look(page, picture)).toEqual([]);
    await page.getByRole('link', { name: 'Use another account' }).click();
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
  });

  test('can begin again after a sign-in that was cancelled', async () => {
    const { page } = await openedBy('ada');
    await page.getByRole('button', { name: 'Cancel and go back' }).click();
    await heading(page, 'You did not sign in');
    expect(await look(page, 'sign-in-cancelled')).toEqual([]);
    await page.getByRole('link', { name: 'Try again' }).click();
    await signIn(page, people.ada.email);
    await heading(page, 'Link yourself to Slack?');
  });

  test('is told of a link that was used', async () => {
    const { page, visitor } = await openedBy('ada');
    await signIn(page, people.ada.email);
    const address = page.url();
    const other = await visitor.open(address);
    await page.getByRole('button', { name: 'Link me' }).click();
    await heading(page, 'You are linked');
    // Who has the page open twice and presses the other button too is told what was done, and so is who loads it again.
    await other.getByRole('button', { name: 'Link me' }).click();
    await heading(other, 'You are linked');
    await page.goto(address);
    await heading(page, 'You are linked');
    const stranger = await (await world().visitor()).open('/auth/sign-in/');
    expect((await stranger.goto(address))?.status()).toBe(410);
    await heading(stranger, 'This link was used already');
    expect(await look(stranger, 'used-link')).toEqual([]);
  });

  test('is told of a link that has expired, and of one that is none', async () => {
    const visitor = await world().visitor();
    const page = await visitor.open('/auth/sign-in/');
    await signIn(page, people.mia.email);
    const { stack, dataFolder } = world();
    const old = await linkOfLongAgo({ url: stack.url, dataFolder, slackUserId: people.mia.slackUserId });
    expect((await page.goto(old))?.status()).toBe(410);
    await heading(page, 'This link has expired');
    const found = await look(page, 'expired-link');
    expect((await page.goto(`${old.slice(0, -4)}AAA/`))?.status()).toBe(410);
    await heading(page, 'This link does not work');
    found.push(...(await look(page, 'forged-link')));
    expect(found).toEqual([]);
  });

  test('is told to sign in again when that ended before the button was pressed', async () => {
    const { page, visitor } = await openedBy('ada');
    await signIn(page, people.ada.email);
    await heading(page, 'Link yourself to Slack?');
    await visitor.context.clearCookies();
    await page.getByRole('button', { name: 'Link me' }).click();
    await heading(page, 'Please sign in again');
    expect(await look(page, 'signed-out-meanwhile')).toEqual([]);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signIn(page, people.ada.email);
    await heading(page, 'Link yourself to Slack?');
  });

  test('is told that the form was not ours', async () => {
    const { page } = await openedBy('ada');
    await signIn(page, people.ada.email);
    await page.evaluate("document.querySelector('input[name=csrf]').value = 'not-this-one'");
    await page.getByRole('button', { name: 'Link me' }).click();
    await heading(page, 'This is not possible from here');
    expect(await look(page, 'foreign-form')).toEqual([]);
  });

  test('is told who may link a team when nobody of the teams is theirs', async () => {
    await world().admin('member.add', { organization: 'acme', email: people.sam.email, name: 'Sam', role: 'admin' });
    const visitor = await world().visitor();
    await linked(visitor, 'sam');
    const page = await openLink(await visitor.slack(inChannel('general', 'sam')), '/postflow link team');
    await heading(page, 'Your role is not enough for this');
    expect(await look(page, 'no-role')).toEqual([]);
  });
}
