import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { LocalStack } from '../support/local-stack.ts';
import { type SlackPage, type SlackPlace, slackPage } from './slack-page.ts';

/** What a browser is like. */
export interface VisitorOptions {
  readonly javaScript?: boolean;
}

/** Somebody with a browser of their own. */
export interface Visitor {
  readonly context: BrowserContext;
  /** Opens the stand-in's page: Slack, as somebody sees it. */
  slack(place: SlackPlace): Promise<SlackPage>;
  /** Opens an address of the stack, or of elsewhere. */
  open(path: string): Promise<Page>;
  /** What the browser said in its console. */
  readonly complaints: readonly string[];
}

/** Machines that build something else at the same time are slow. */
const patienceMs = 60_000;

/** A browser that knows nothing yet. */
export async function newVisitor(
  browser: Browser,
  stack: LocalStack,
  { javaScript = true }: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: stack.url,
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  context.setDefaultTimeout(patienceMs);
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    // That a page refuses something is no problem of the page.
    const isRefusal = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
  });
  return {
    context,
    complaints,
    slack: async (place) => slackPage(await context.newPage(), place),
    async open(path) {
      const page = await context.newPage();
      await page.goto(path);
      return page;
    },
  };
}
