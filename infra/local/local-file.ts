import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';

/** What a client of the running local stack needs to know. */
const localFileSchema = z.object({
  url: z.string(),
  /** Where the AWS SDK's Lambda client reaches the functions. */
  endpoint: z.string(),
  stackName: z.string(),
  org: z.string(),
  projects: z.array(z.object({ slug: z.string(), id: z.string(), dsn: z.string() })),
  repository: z.string(),
  token: z.string(),
  orgToken: z.string(),
  slack: z.object({
    signingSecret: z.string(),
    teamId: z.string(),
    botUserId: z.string(),
    channels: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  /** Where people sign in; whom with stands under `accounts`, by the id that the sign-in page takes. */
  signIn: z
    .object({ issuer: z.string(), clientId: z.string(), accounts: z.array(z.string()) })
    // Absent from files of before people could sign in, whose stacks can be asked for everything else.
    .default({ issuer: '', clientId: '', accounts: [] }),
  users: z.array(z.object({ email: z.string(), role: z.string(), slackUserId: z.string() })),
  alert: z.object({ statsd: z.string(), threshold: z.number(), windowSeconds: z.number(), channel: z.string() }),
});

/** The content of `.postflow/local.json`. */
export type LocalFile = z.output<typeof localFileSchema>;

/** Folder of everything that the local stack leaves behind, in the repository unless told otherwise; git ignores it. */
export const localFolder =
  process.env['POSTFLOW_STATE_DIR'] ?? join(resolve(import.meta.dirname, '../..'), '.postflow');

/** Where the running stack says how it is reached, unless told otherwise. */
export const localFilePath = join(localFolder, 'local.json');

/** Thrown when no local stack runs; its message says how to start one. */
export class NoLocalStackError extends Error {
  constructor(options?: ErrorOptions) {
    super('The local stack does not run. Start it with "npm start" in another terminal.', options);
  }
}

/** Thrown when the file says something else than this version of postflow understands; its message says what to do. */
export class StrangeLocalFileError extends Error {
  constructor(path: string, options?: ErrorOptions) {
    super(`${path} is damaged, or of another version of postflow. Stop the local stack and start it again.`, options);
  }
}

/** Writes the file so that only its owner can read it: it holds tokens. */
export async function writeLocalFile(content: LocalFile, path = localFilePath): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  // The mode above only counts for a new file.
  await chmod(path, 0o600);
}

/** Reads the file of the running stack. @throws NoLocalStackError when there is none, StrangeLocalFileError for one that says something else. */
export async function readLocalFile(path = localFilePath): Promise<LocalFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new NoLocalStackError({ cause: error });
  }
  try {
    return localFileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StrangeLocalFileError(path, { cause: error });
  }
}

/** Removes the file when the stack stops, unless another stack has written its own since. */
export async function removeLocalFile(url: string, path = localFilePath): Promise<void> {
  const current = await readLocalFile(path).catch(() => undefined);
  if (current?.url === url) await rm(path, { force: true });
}
