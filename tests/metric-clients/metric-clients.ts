import { beforeAll, describe } from 'vitest';
import type { Running } from '../sentry-cli/command-line.ts';
import { createAlertRules, describeAlertRules } from './alert-rules.ts';
import { untilCounted } from './ask-metrics.ts';
import { describeCommandLine, sendWithCommandLine } from './command-line.ts';
import { describeOpenTelemetry, runOpenTelemetryPrograms } from './open-telemetry.ts';
import { describeSentryNode, runNodeProgram } from './sentry-node.ts';

/** What real clients measure, on its whole way: they all send at the same time, and then queries are asked. */
export function describeMetricClients(running: Running): void {
  describe('metrics', () => {
    beforeAll(async () => {
      const stack = running();
      await createAlertRules(stack);
      await Promise.all([sendWithCommandLine(stack), runNodeProgram(stack), runOpenTelemetryPrograms(stack)]);
      await untilCounted(stack);
    }, 60_000);

    describeCommandLine(running);
    describeSentryNode(running);
    describeOpenTelemetry(running);
    describeAlertRules(running);
  });
}
