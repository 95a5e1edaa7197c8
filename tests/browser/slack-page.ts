import type { Locator, Page } from 'playwright-core';

/** What of the stand-in somebody looks at, and who they are. */
export interface SlackPlace {
  readonly team: string;
  readonly channel: string;
  readonly viewer: string;
}

/** The stand-in's page, as somebody in Slack sees it. */
export interface SlackPage {
  readonly page: Page;
  /** Writes and sends. The message that comes next is the answer. */
  type(text: string): Promise<Locator>;
  /** Does something of which a message comes. */
  messageAfter(deed: () => Promise<unknown>): Promise<Locator>;
  /** Follows a link of a message, which opens in a tab of its own. */
  follow(message: Locator): Promise<Page>;
  /** The newest message that says this. */
  saying(text: string | RegExp): Locator;
}

/** Opens the stand-in at a place. */
export async function slackPage(page: Page, place: SlackPlace): Promise<SlackPage> {
  await page.goto(`/__local/?${new URLSearchParams({ ...place }).toString()}`);
  const messages = page.locator('#stream article.message');
  const messageAfter = async (deed: () => Promise<unknown>) => {
    const before = await messages.count();
    await deed();
    const message = messages.nth(before);
    await message.waitFor();
    return message;
  };
  return {
    page,
    messageAfter,
    type: (text) =>
      messageAfter(async () => {
        await page.getByRole('textbox', { name: 'Message or command' }).fill(text);
        await page.getByRole('button', { name: 'Send' }).click();
      }),
    async follow(message) {
      const opened = page.context().waitForEvent('page');
      await message.getByRole('link').first().click();
      const tab = await opened;
      await tab.waitForLoadState();
      return tab;
    },
    saying: (text) => messages.filter({ hasText: text }).last(),
  };
}
