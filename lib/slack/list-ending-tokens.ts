import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { renewBeforeMs } from './find-bot-token.ts';
import { readEndingTokens } from './workspace-store.ts';

/** Whose token ended longer ago cannot be renewed, as it seems, and is in nobody's way: only who needs it tries again. */
const triedMs = 86_400_000;

/** Ids of the workspaces whose tokens end soon, or have ended, and are to be renewed. */
export async function listEndingTokens(app: Pick<App, 'table' | 'clock'>, limit: number): Promise<string[]> {
  const now = app.clock.now();
  return readEndingTokens(app, { from: isoTime(now - triedMs), to: isoTime(now + renewBeforeMs), limit });
}
