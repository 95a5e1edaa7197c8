import { text } from 'node:stream/consumers';
import { createProgram } from './program.ts';
import { sendToAdmin } from './send.ts';

const program = createProgram({
  send: sendToAdmin,
  readInput: () => text(process.stdin),
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
});

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
