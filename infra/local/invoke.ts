import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { invokeLocally } from './invoke-locally.ts';
import { localFilePath } from './local-file.ts';

const program = new Command('npm run invoke --')
  .description('Runs one function on one event in the running local stack; prints its logs, then its answer.')
  .argument('<function>', 'name of the function, such as slack-commands')
  .argument('<event file>', 'JSON file with the event, such as events/slack-commands/help.json')
  .option('--local-file <path>', 'the file that the running stack wrote', localFilePath)
  .addHelpText('after', '\nExample:\n  npm run invoke -- slack-commands events/slack-commands/help.json')
  .action(async (name: string, file: string, { localFile }: { localFile: string }) => {
    const { failed, logs, answer } = await invokeLocally({ name, payload: await readEvent(file), localFile });
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

async function readEvent(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${file} cannot be read. Stored events stand in events/<function>/<case>.json.`, { cause });
  });
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} holds no JSON: ${String(cause)}`, { cause });
  }
  return text;
}
