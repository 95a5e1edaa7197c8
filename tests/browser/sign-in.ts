import type { Page } from 'playwright-core';

/** Chooses somebody, by name or address, on the page of the provider, who tells of Slack too where a workspace is named. */
export async function signIn(page: Page, who: string, withSlack?: string): Promise<void> {
  const entry = page.getByRole('listitem').filter({ hasText: who });
  const button = withSlack === undefined ? entry.locator('button.who') : entry.getByText(`with Slack, ${withSlack}`);
  await button.first().click();
  await page.waitForLoadState();
}
