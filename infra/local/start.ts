import './require-node.mjs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

interface Options {
  readonly port: number;
  readonly data?: string;
  readonly quiet?: true;
  readonly realWaits?: true;
}

const program = new Command('npm start --')
  .description(
    'Runs all of postflow on this machine: the stack that would be deployed, with a stand-in for each AWS service.',
  )
  .option('--port <number>', 'port of the API; 0 picks a free one', readPort, 3000)
  .option('--data <folder>', 'keep the data in this folder between starts (in memory otherwise)')
  .option('--quiet', "do not show the functions' logs")
  .option('--real-waits', 'wait between attempts as long as AWS does, not a sixtieth of it')
  .addHelpText(
    'after',
    '\nExamples:\n  npm start\n  npm start -- --port 0 --quiet\n  npm start -- --data .postflow/data',
  )
  .action(run);

await program.parseAsync();

async function run(options: Options): Promise<void> {
  const stop = new AbortController();
  const stopped = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // Whoever asks twice does not want to wait.
        if (stop.signal.aborted) process.exit(130);
        stop.abort();
        done();
      });
    }
  });
  console.log('Building postflow and starting it …');
  // Later than the signal handlers and the checks: loading the CDK takes a second.
  const { startPostflow } = await import('./postflow.ts');
  const { overview } = await import('./overview.ts');
  try {
    const running = await startPostflow({
      port: options.port,
      stop: stop.signal,
      say: (line) => console.log(line),
      onLog: (name, line) => options.quiet === undefined && console.log(`[${name.replace(/^postflow-/, '')}] ${line}`),
      ...(options.data !== undefined && { dataFolder: resolve(options.data) }),
      ...(options.realWaits && { waitDivisor: 1 }),
    });
    console.log(overview(running.local));
    console.log(`ready ${running.local.url}`);
    await stopped;
    console.log('Stopping …');
    await running.close();
  } catch (error) {
    if (!stop.signal.aborted) fail(await explain(error));
  }
  process.exit(0);
}

/** Foreseen problems in one sentence, anything else with its stack. */
async function explain(error: unknown): Promise<string> {
  const { PortInUseError } = await import('./listen.ts');
  const { NoDynamoDbEngineError } = await import('./engines/dynamodb.ts');
  const { UnsupportedTemplateError } = await import('./template/resolver.ts');
  const foreseen = [PortInUseError, NoDynamoDbEngineError, UnsupportedTemplateError].some(
    (kind) => error instanceof kind,
  );
  if (!(error instanceof Error)) return String(error);
  return foreseen ? error.message : (error.stack ?? error.message);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
