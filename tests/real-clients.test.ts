import { afterAll, beforeAll } from 'vitest';
import { describeMetricClients } from './metric-clients/metric-clients.ts';
import { describeDeploys } from './sentry-cli/deploys.ts';
import { describeEnvelopes } from './sentry-cli/envelopes.ts';
import { describeIssues } from './sentry-cli/issues.ts';
import { describeLocalCommits } from './sentry-cli/local-commits.ts';
import { describeParallelBuilds } from './sentry-cli/parallel-builds.ts';
import { describeReads } from './sentry-cli/reads.ts';
import { describeRefs } from './sentry-cli/refs.ts';
import { describeRefusals } from './sentry-cli/refusals.ts';
import { describeReleases } from './sentry-cli/releases.ts';
import { type LocalStack, startLocalStack } from './support/local-stack.ts';

// All that the real command lines can be told to do, and what the real SDKs measure, over one stack.
let stack: LocalStack;
const running = () => stack;

beforeAll(async () => {
  stack = await startLocalStack(['--quiet']);
}, 90_000);
afterAll(() => stack.stop());

describeReleases(running);
describeReads(running);
describeRefusals(running);
describeRefs(running);
describeLocalCommits(running);
describeDeploys(running);
describeIssues(running);
describeEnvelopes(running);
describeParallelBuilds(running);
describeMetricClients(running);
