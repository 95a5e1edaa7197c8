import type { Page } from 'playwright-core';
import { inDirectMessages, type Person, people } from './people.ts';
import { signIn } from './sign-in.ts';
import type { SlackPage } from './slack-page.ts';
import type { Visitor } from './visitor.ts';

/** Types a command and opens the link of the answer. */
export async function openLink(slack: SlackPage, command: string): Promise<Page> {
  return slack.follow(await slack.type(command));
}

/** The page with this heading, once it is there. */
export async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

/** Sees to it that somebody is linked, and has signed in with this browser. */
export async function linked(visitor: Visitor, person: Person): Promise<void> {
  const slack = await visitor.slack(inDirectMessages(person));
  const answer = await slack.type('/postflow link');
  if (await answer.getByRole('link').isVisible()) {
    const page = await slack.follow(answer);
    await signIn(page, people[person].email);
    await page.getByRole('button', { name: 'Link me' }).click();
    await heading(page, 'You are linked');
    await page.close();
  } else {
    const page = await visitor.open('/auth/sign-in/');
    await signIn(page, people[person].email);
    await heading(page, 'You are signed in');
    await page.close();
  }
  await slack.page.close();
}

/** Sees to it that nobody is linked to somebody's Slack user. */
export async function notLinked(visitor: Visitor, person: Person): Promise<void> {
  const slack = await visitor.slack(inDirectMessages(person));
  const answer = await slack.type('/postflow unlink');
  if (await answer.getByRole('link').isVisible()) {
    const page = await slack.follow(answer);
    await signIn(page, people[person].email);
    await page.getByRole('button', { name: 'Unlink' }).click();
    await heading(page, 'Unlinked');
    await visitor.context.clearCookies();
    await page.close();
  }
  await slack.page.close();
}
