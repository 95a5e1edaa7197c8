import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { sendToAdmin } from '../../infra/admin/send.ts';
import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { findChromium } from './chromium.ts';
import { newVisitor, type Visitor, type VisitorOptions } from './visitor.ts';

/** One stack and one browser, in which all walks take place. */
export interface World {
  readonly stack: LocalStack;
  /** Where the stack keeps its data, and its secrets. */
  readonly dataFolder: string;
  /** Somebody who comes with a browser that knows nothing yet. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
  /** Runs a command of the admin function. @throws Error when it is refused */
  admin(command: string, input: Record<string, unknown>): Promise<unknown>;
  /** Sends all visitors home. What their browsers and Slack's stand-in complained of comes back: a page's policy, a refused call. */
  leave(): Promise<string[]>;
  close(): Promise<void>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts everything that the walks need. */
export async function startWorld(): Promise<World> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('There is no Chromium to walk with.');
  const dataFolder = mkdtempSync(join(tmpdir(), 'postflow-browser-'));
  const [stack, browser] = await Promise.all([
    startLocalStack(['--quiet', '--data', dataFolder]),
    chromium.launch({ executablePath, args: flags, timeout: 120_000 }),
  ]);
  const visitors: Visitor[] = [];
  return {
    stack,
    dataFolder,
    visitor: async (options) => keep(visitors, await newVisitor(browser, stack, options)),
    admin: (command, input) => runAdmin(stack, command, input),
    async leave() {
      const complaints = visitors.flatMap((visitor) => visitor.complaints);
      const refused = await refusedInSlack(stack);
      await Promise.all(visitors.splice(0).map(({ context }) => context.close()));
      return [...complaints, ...refused];
    },
    async close() {
      await browser.close();
      await stack.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

function keep<Thing>(all: Thing[], thing: Thing): Thing {
  all.push(thing);
  return thing;
}

/** What the stand-in shows under its red triangle. */
async function refusedInSlack({ url }: LocalStack): Promise<string[]> {
  const page = await (await fetch(`${url}/__local/`)).text();
  return [...page.matchAll(/<li><time>.*?<\/li>/gs)].map(([entry]) => entry.replace(/<[^>]*>|\s+/g, ' '));
}

async function runAdmin(stack: LocalStack, command: string, input: Record<string, unknown>): Promise<unknown> {
  const answer = await sendToAdmin({ command, input }, {}, join(stack.folder, 'local.json'));
  if (!answer.ok) throw new Error(`${command} was refused: ${JSON.stringify(answer.error)}`);
  return answer.result;
}
