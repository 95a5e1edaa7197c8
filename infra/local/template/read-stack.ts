import * as z from 'zod';
import type { CloudFormationTemplate } from '../../synthesize.ts';
import type { Place } from './identities.ts';
import { readApi } from './read-api.ts';
import { readFunctions } from './read-functions.ts';
import { readEventSources, readQueues } from './read-queues.ts';
import { readTables } from './read-tables.ts';
import { attributeOf, openResources, type Resources } from './resources.ts';
import type { ScheduleModel, SecretModel, StackModel } from './stack-model.ts';

const scheduleSchema = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.object({ Mode: z.literal('OFF') }),
  // RetryPolicy and DeadLetterConfig are about handing the event over to Lambda, which never fails on one machine.
  Target: z.object({ Arn: z.string().regex(/:lambda:/), Input: z.string().default('{}') }),
});

/** What a template is read with. */
export interface ReadStackInput {
  readonly template: CloudFormationTemplate;
  /** The folder with the bundle of each function, by logical id. */
  readonly assets: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly place: Place;
}

/**
 * Reads a synthesized template into what runs on one machine.
 * @throws UnsupportedTemplateError for anything that would be left out in silence otherwise.
 */
export function readStack({ template, assets, parameters, place }: ReadStackInput): StackModel {
  const resources = openResources(template, place, parameters);
  const functions = readFunctions(resources, assets);
  const queues = readQueues(resources);
  const api = readApi(resources);
  return {
    functions,
    queues,
    eventSources: readEventSources(resources, queues, functions),
    schedules: readSchedules(resources),
    tables: readTables(resources),
    secrets: readSecrets(resources),
    ...(api && { api }),
  };
}

function readSchedules(resources: Resources): ScheduleModel[] {
  return resources
    .ofType('AWS::Scheduler::Schedule', scheduleSchema)
    .filter(({ properties }) => properties.State === 'ENABLED')
    .map((found) => ({
      name: found.ref,
      arn: attributeOf(found, 'Arn'),
      expression: found.properties.ScheduleExpression,
      timeZone: found.properties.ScheduleExpressionTimezone,
      targetArn: found.properties.Target.Arn,
      input: found.properties.Target.Input,
    }));
}

function readSecrets(resources: Resources): SecretModel[] {
  return resources.ofType('AWS::SecretsManager::Secret', z.object({})).map((found) => ({
    logicalId: found.logicalId,
    name: found.ref.split(':secret:')[1]?.replace(/-local0$/, '') ?? found.ref,
    arn: found.ref,
  }));
}
