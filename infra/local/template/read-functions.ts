import * as z from 'zod';
import { UnsupportedTemplateError } from './resolver.ts';
import { attributeOf, type ParsedResource, type Resources } from './resources.ts';
import type { AsynchronousModel, FunctionModel } from './stack-model.ts';

const functionSchema = z.object({
  Handler: z.string(),
  Runtime: z.string().startsWith('nodejs'),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  ReservedConcurrentExecutions: z.coerce.number().min(1).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
  LoggingConfig: z.object({ LogFormat: z.string().optional() }).optional(),
  // Both change how the code runs; neither has a stand-in here.
  Layers: z.undefined().optional(),
  PackageType: z.literal('Zip').optional(),
});

const invokeConfigSchema = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.coerce.number().default(2),
  MaximumEventAgeInSeconds: z.coerce.number().default(21_600),
  DestinationConfig: z
    .object({ OnFailure: z.object({ Destination: z.string() }).optional(), OnSuccess: z.undefined().optional() })
    .optional(),
});

type InvokeConfig = z.output<typeof invokeConfigSchema>;

/**
 * Reads the Lambda functions with what happens to their asynchronous invocations.
 * @throws UnsupportedTemplateError for a function without a bundle in `assets`.
 */
export function readFunctions(resources: Resources, assets: Readonly<Record<string, string>>): FunctionModel[] {
  const configs = resources.ofType('AWS::Lambda::EventInvokeConfig', invokeConfigSchema);
  return resources.ofType('AWS::Lambda::Function', functionSchema).map((found) => {
    const { logicalId, ref: name, properties } = found;
    const codeFolder = assets[logicalId];
    if (codeFolder === undefined) throw new UnsupportedTemplateError(`no bundle was built for the function ${name}`);
    const config = configs.find((candidate) => functionNameOf(candidate.properties.FunctionName) === name);
    return {
      logicalId,
      name,
      arn: attributeOf(found, 'Arn'),
      codeFolder,
      handler: properties.Handler,
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
      environment: properties.Environment?.Variables ?? {},
      ...(properties.ReservedConcurrentExecutions !== undefined && {
        reservedConcurrency: properties.ReservedConcurrentExecutions,
      }),
      jsonLogs: properties.LoggingConfig?.LogFormat === 'JSON',
      asynchronous: asynchronous(found, config?.properties),
    };
  });
}

/** The bare name of a function, which a template gives as a name or as an ARN. */
export function functionNameOf(nameOrArn: string): string {
  return /^arn:aws:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

function asynchronous(
  found: ParsedResource<z.output<typeof functionSchema>>,
  config: InvokeConfig | undefined,
): AsynchronousModel {
  const deadLetterArn = found.properties.DeadLetterConfig?.TargetArn;
  const onFailureArn = config?.DestinationConfig?.OnFailure?.Destination;
  return {
    maximumRetryAttempts: config?.MaximumRetryAttempts ?? 2,
    maximumEventAgeSeconds: config?.MaximumEventAgeInSeconds ?? 21_600,
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(onFailureArn !== undefined && { onFailureArn }),
  };
}
