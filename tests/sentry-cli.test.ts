import { afterAll, beforeAll } from 'vitest';
import { describeReads } from './sentry-cli/reads.ts';
import { describeRefusals } from './sentry-cli/refusals.ts';
import { describeReleases } from './sentry-cli/releases.ts';
import { type LocalStack, startLocalStack } from './support/local-stack.ts';

let stack: LocalStack;
const running = () => stack;

beforeAll(async () => {
  stack = await startLocalStack();
}, 90_000);
afterAll(() => stack.stop());

describeReleases(running);
describeReads(running);
describeRefusals(running);
