import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { currentEvent } from './current-event.ts';
import { invokeLocally } from './invoke-locally.ts';
import { localFilePath, readLocalFile } from './local-file.ts';

const program = new Command('npm run invoke --')
  .description('Runs one function on one event in the running local stack; prints its logs, then its answer.')
  .argument('<function>', 'name of the function, such as slack-commands')
  .argument('<event file>', 'JSON file with the event, such as events/slack-commands/help.json')
  .option('--as-stored', 'leave token and signature of the event as they are, instead of making them current')
  .option('--local-file <path>', 'the file that the running stack wrote', localFilePath)
  .addHelpText('after', '\nExample:\n  npm run invoke -- slack-commands events/slack-commands/help.json')
  .action(async (name: string, file: string, { localFile, asStored }: { localFile: string; asStored?: true }) => {
    const stored = await readEvent(file);
    const payload = JSON.stringify(asStored ? stored : currentEvent(stored, await readLocalFile(localFile)));
    const { failed, logs, answer } = await invokeLocally({ name, payload, localFile });
    console.error(logs.trimEnd());
    console.log(answer);
    if (failed) process.exitCode = 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function readEvent(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${file} cannot be read. Stored events stand in events/<function>/<case>.json.`, { cause });
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Error(`${file} holds no JSON: ${String(cause)}`, { cause });
  }
}
