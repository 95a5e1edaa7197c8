import { expect } from 'vitest';
import { type FunctionName, functionNames } from '../functions.ts';
import { logicalName } from '../stack.ts';
import type { CloudFormationTemplate } from '../synthesize.ts';

type Properties = Readonly<Record<string, unknown>>;

/** The properties of every resource of a type, by logical id. */
export function resourcesOf(template: CloudFormationTemplate, type: string): ReadonlyMap<string, Properties> {
  return new Map(
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([logicalId, { Properties = {} }]) => [logicalId, Properties]),
  );
}

/** The properties of one resource; fails the test when it is not there or of another type. */
export function resource(template: CloudFormationTemplate, type: string, logicalId: string): Properties {
  const found = resourcesOf(template, type).get(logicalId);
  expect(found, `${logicalId} is a ${type}`).toBeDefined();
  return found ?? {};
}

/** The value of an output; undefined when there is none of this name. */
export function outputOf(template: CloudFormationTemplate, name: string): unknown {
  return template.Outputs[name]?.Value;
}

/** The properties of a function by its name. */
export function functionProperties(template: CloudFormationTemplate, name: FunctionName): Properties {
  return resource(template, 'AWS::Lambda::Function', functionLogicalId(name));
}

/** The logical id of a function. */
export function functionLogicalId(name: FunctionName): string {
  return `${logicalName(name)}Function`;
}

/** The function with this logical id; undefined for any other resource. */
export function functionOf(logicalId: string): FunctionName | undefined {
  return functionNames.find((name) => functionLogicalId(name) === logicalId);
}

/** Writes a value with its intrinsic functions as one readable text: `<MainTable.Arn>/index/gsi1`. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value as Properties);
  if (name === 'Ref') return `<${String(argument)}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(asText).join(separator);
  }
  throw new Error(`No text for ${JSON.stringify(value)}`);
}
