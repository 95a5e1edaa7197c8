import type { CloudFormationTemplate } from '../../synthesize.ts';

/** What a `Ref` to a resource gives, and what `Fn::GetAtt` may ask of it. */
export interface ResourceIdentity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What the template's parameters, pseudo parameters and resources stand for on this machine. */
export interface ResolverInput {
  readonly template: CloudFormationTemplate;
  readonly parameters: Readonly<Record<string, string>>;
  readonly pseudo: Readonly<Record<string, string>>;
  /** Names a resource; it may resolve the properties that its name depends on. */
  readonly identify: (logicalId: string, resolve: Resolver) => ResourceIdentity;
}

/** Turns template values with intrinsic functions into plain ones. */
export interface Resolver {
  /** The plain value; `undefined` stands for AWS::NoValue. */
  value(node: unknown): unknown;
  condition(name: string): boolean;
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): string;
  mapping(map: string, first: string, second: string): unknown;
}

/** Thrown when the template asks for something that this machine cannot stand in for. */
export class UnsupportedTemplateError extends Error {}
