import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startDynamoDb } from '../../infra/local/engines/dynamodb.ts';
import { startUpstash } from '../../infra/local/engines/upstash.ts';
import { runCase } from './run-case.ts';

// npm run cases -- FILE…: runs case files from any path and ends with `N passed, N failed`.

const files = process.argv.slice(2);
if (files.length === 0 || files.includes('--help')) {
  console.log('Usage: npm run cases -- FILE…\nRuns the cases of JSON files, such as tests/cases/snowflake.json.');
  process.exit(files.length === 0 ? 2 : 0);
}

const token = randomUUID();
const dynamoDb = await startDynamoDb();
const upstash = await startUpstash({ token, say: (line) => console.error(line) });
const engines = { dynamoDbEndpoint: dynamoDb.endpoint, upstash: { url: upstash.url, token } };
let passed = 0;
let notExpressed = 0;
let failed = 0;
try {
  for (const file of files) {
    // npm runs scripts in the project's folder; INIT_CWD is where the person is.
    const path = resolve(process.env['INIT_CWD'] ?? '.', file);
    for (const testCase of readCases(path)) {
      const result = await runCase(testCase, engines, pathToFileURL(path));
      const { id, report, differsOnPurpose, notExpressed: missing } = result;
      if (!result.passed) failed += 1;
      else if (missing === undefined) passed += 1;
      else notExpressed += 1;
      if (!result.passed) console.log(`FAILED ${id} (${file})\n ${report}`);
      if (differsOnPurpose !== undefined) console.log(`differs on purpose: ${id} (${differsOnPurpose})`);
      if (missing !== undefined) console.log(`not expressed: ${id} (${missing})`);
    }
  }
} finally {
  await upstash.close();
  await dynamoDb.close();
}
if (notExpressed > 0) console.log(`${notExpressed} not expressed in full, listed above`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A file that cannot be read counts as one failed case, so that it is not overlooked. */
function readCases(path: string): unknown[] {
  try {
    const cases: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (Array.isArray(cases)) return cases;
    throw new TypeError('the file is not a JSON array of cases');
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${path}\n ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}
