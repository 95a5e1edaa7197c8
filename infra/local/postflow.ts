import { join } from 'node:path';
import { synthesize } from '../synthesize.ts';
import { startDynamoDb } from './engines/dynamodb.ts';
import { startUpstash } from './engines/upstash.ts';
import { listen } from './listen.ts';
import { type LocalFile, localFilePath, localFolder, removeLocalFile, writeLocalFile } from './local-file.ts';
import { type LocalStack, startLocalStack } from './local-stack.ts';
import { makeSampleData, sample } from './sample-data.ts';
import type { SampleResult } from './sample-result.ts';
import { loadState, type SavedState, saveState } from './saved-state.ts';
import { signInAccounts, startSignIn } from './sign-in.ts';
import { createSlackStandIn } from './slack/stand-in.ts';
import { slackWorkspaces } from './slack-workspaces.ts';

/** How postflow is run here. */
export interface PostflowOptions {
  /** Port of the API; 0 for any free one. */
  readonly port: number;
  /** Keeps the data there between starts; in memory otherwise. */
  readonly dataFolder?: string;
  /** Where to write how the stack is reached; `.postflow/local.json` unless said otherwise. */
  readonly localFile?: string;
  /** Where the synthesized template and the bundles go. */
  readonly assemblyFolder?: string;
  /** Name of the stack, and so of its tables: stacks that share a DynamoDB endpoint need different ones. */
  readonly stackName?: string;
  /** Where the functions' sources lie; the repository's own unless a trial says otherwise. */
  readonly sources?: string;
  /** Whether schedules run by the clock; true unless said otherwise. */
  readonly timers?: boolean;
  /** How many times shorter than on AWS the waits between attempts are. */
  readonly waitDivisor?: number;
  /** Tells the person at the terminal what goes on. */
  readonly say: (line: string) => void;
  /** Every line that a function logs. */
  readonly onLog: (functionName: string, line: string) => void;
  /** Stops a start that is under way. */
  readonly stop?: AbortSignal;
}

/** Postflow while it runs here. */
export interface RunningPostflow {
  readonly local: LocalFile;
  readonly stack: LocalStack;
  /** What holds the snowflake sequence: `redis-server`, `REDIS_URL` or `ioredis-mock`. */
  readonly redisEngine: string;
  close(): Promise<void>;
}

const command = '/postflow';

/**
 * Builds, synthesizes and runs all of postflow with its engines and the Slack stand-in, and makes the sample data when
 * there is none yet. What was started is ended again when a later step fails.
 */
export async function startPostflow(options: PostflowOptions): Promise<RunningPostflow> {
  const endings: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  const started = async <Thing extends { close(): Promise<void> }>(starting: Promise<Thing>): Promise<Thing> => {
    const thing = await starting;
    endings.push(() => thing.close());
    options.stop?.throwIfAborted();
    return thing;
  };
  try {
    return { ...(await start(options, started, endings)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Started = <Thing extends { close(): Promise<void> }>(starting: Promise<Thing>) => Promise<Thing>;

async function start(options: PostflowOptions, started: Started, endings: (() => Promise<void>)[]) {
  const { say, dataFolder } = options;
  const data = dataFolder !== undefined && { dataDir: dataFolder };
  const state = await loadState(dataFolder);
  const api = await started(listen(options.port));
  const aws = await started(listen(0));
  const [synthesized, dynamo, upstash] = await allOf([
    synthesize({
      production: false,
      outdir: options.assemblyFolder ?? join(localFolder, 'cdk.out'),
      ...(options.sources !== undefined && { sources: options.sources }),
      ...(options.stackName !== undefined && { context: { stackName: options.stackName } }),
    }),
    started(startDynamoDb({ ...data })),
    started(startUpstash({ token: state.secrets.upstashToken, say, ...data })),
  ]);
  options.stop?.throwIfAborted();

  const workspaces = slackWorkspaces(state.botToken);
  const accounts = signInAccounts(workspaces);
  const signIn = await started(
    startSignIn({ appUrl: api.url, clientSecret: state.secrets.oidcClientSecret, accounts }),
  );
  const slack = createSlackStandIn({
    workspaces,
    signingSecret: state.secrets.slackSigningSecret,
    credentials: { clientId: sample.slackClientId, clientSecret: state.secrets.slackClientSecret },
    appUrl: () => api.url,
    command,
    commandUrl: () => `${api.url}/extensions/slack/commands/`,
    scheduleUrl: () => `${api.url}/__local/schedule`,
  });
  // A page that is open in a browser would keep the server from closing.
  endings.push(async () => slack.close());
  // A dozen admin commands would push what matters off the screen.
  let showLog: PostflowOptions['onLog'] = () => {};
  const stack = await started(
    startLocalStack({
      synthesized,
      api,
      aws,
      dynamoDbEndpoint: dynamo.endpoint,
      parameters: {
        UpstashRedisRestUrl: upstash.url,
        PublicUrl: api.url,
        SlackApiUrl: `${api.url}/__local/slack/api/`,
        SlackCommand: command,
        SlackClientId: sample.slackClientId,
        OidcIssuer: signIn.issuer,
        OidcClientId: sample.oidcClientId,
      },
      secretValue: () => JSON.stringify(state.secrets),
      compileCacheFolder: join(localFolder, 'compile-cache'),
      pages: (request) => slack.fetch(request),
      onLog: (name, line) => showLog(name, line),
      ...(options.timers !== undefined && { timers: options.timers }),
      ...(options.waitDivisor !== undefined && { waitDivisor: options.waitDivisor }),
    }),
  );
  const made = state.sample ?? (await seed(stack, synthesized.stackName, state.botToken));
  showLog = options.onLog;
  await saveState(dataFolder, { ...state, sample: made });
  options.stop?.throwIfAborted();

  const address = { url: api.url, endpoint: aws.url, stackName: synthesized.stackName, issuer: signIn.issuer };
  const local = describe(address, state, made);
  const localFile = options.localFile ?? localFilePath;
  await writeLocalFile(local, localFile);
  endings.push(() => removeLocalFile(api.url, localFile));
  return { local, stack, redisEngine: upstash.engine };
}

async function seed(stack: LocalStack, stackName: string, botToken: string): Promise<SampleResult> {
  return makeSampleData(async (payload) => {
    const outcome = await stack.functions.invoke(`${stackName}-admin`, JSON.stringify(payload));
    if (outcome.failed) throw new Error(`the sample data could not be made:\n${outcome.logs.join('\n')}`);
    return JSON.parse(outcome.payload);
  }, botToken);
}

function describe(
  { issuer, ...address }: { url: string; endpoint: string; stackName: string; issuer: string },
  state: SavedState,
  made: SampleResult,
): LocalFile {
  const { url } = address;
  // A kept DSN names the port of the start that made it.
  const projects = made.projects.map((project) => ({
    ...project,
    dsn: project.dsn.replace(/@[^/]+\//, `@${new URL(url).host}/`),
  }));
  return {
    ...address,
    org: sample.organization.slug,
    projects,
    repository: sample.repository.name,
    token: made.token,
    orgToken: made.orgToken,
    slack: {
      signingSecret: state.secrets.slackSigningSecret,
      teamId: sample.workspace.teamId,
      botUserId: sample.workspace.botUserId,
      channels: [...sample.channels],
    },
    signIn: { issuer, clientId: sample.oidcClientId, accounts: signInAccounts([]).map(({ id }) => id) },
    users: sample.users.map(({ email, role, slackUserId }) => ({ email, role, slackUserId })),
    alert: {
      statsd: sample.alertRule.metric,
      threshold: sample.alertRule.threshold,
      windowSeconds: sample.alertRule.windowSeconds,
      channel: sample.alertRule.channel.id,
    },
  };
}

/** Waits for all, also when one fails, so that everything that was started is known before it is ended again. */
async function allOf<Values extends readonly unknown[]>(
  promises: {
    readonly [Index in keyof Values]: Promise<Values[Index]>;
  },
): Promise<Values> {
  const settled = await Promise.allSettled(promises);
  const failure = settled.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  // map() forgets that the values keep the order and the types of the promises.
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as Values;
}
