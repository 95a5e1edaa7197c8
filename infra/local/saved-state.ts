import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { sampleResultSchema } from './sample-result.ts';

const secret = z.string().min(16);

const savedStateSchema = z.object({
  secrets: z.object({
    slackSigningSecret: secret,
    slackClientSecret: secret,
    upstashToken: secret,
    linkSigningKey: secret,
    tokenEncryptionKey: secret,
    /** Absent from states of before people could sign in. */
    oidcClientSecret: secret.default(newClientSecret),
  }),
  botToken: secret,
  /** What seeding gave; absent until it is done. */
  sample: sampleResultSchema.optional(),
});

/** What must stay the same between starts for the kept data to make sense. */
export type SavedState = z.output<typeof savedStateSchema>;

/** Reads the state of an earlier start from the data folder, or makes a new one. */
export async function loadState(dataFolder: string | undefined): Promise<SavedState> {
  if (dataFolder === undefined) return newState();
  try {
    return savedStateSchema.parse(JSON.parse(await readFile(stateFile(dataFolder), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return newState();
    throw new Error(`${stateFile(dataFolder)} cannot be read; remove ${dataFolder} to start afresh.`, { cause: error });
  }
}

/** Keeps the state for the next start, readable by its owner only. */
export async function saveState(dataFolder: string | undefined, state: SavedState): Promise<void> {
  if (dataFolder === undefined) return;
  await mkdir(dataFolder, { recursive: true });
  await writeFile(stateFile(dataFolder), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}

function newState(): SavedState {
  return {
    secrets: {
      slackSigningSecret: randomBytes(16).toString('hex'),
      slackClientSecret: randomBytes(16).toString('hex'),
      upstashToken: randomBytes(24).toString('base64url'),
      linkSigningKey: randomBytes(32).toString('base64url'),
      tokenEncryptionKey: randomBytes(32).toString('base64url'),
      oidcClientSecret: newClientSecret(),
    },
    botToken: `xoxb-local-${randomBytes(12).toString('hex')}`,
  };
}

function newClientSecret(): string {
  return randomBytes(24).toString('base64url');
}

function stateFile(dataFolder: string): string {
  return join(dataFolder, 'state.json');
}
