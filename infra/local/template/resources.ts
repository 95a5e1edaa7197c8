import * as z from 'zod';
import type { CloudFormationTemplate } from '../../synthesize.ts';
import { identify, type Place, pseudoParameters } from './identities.ts';
import { createResolver } from './intrinsics.ts';
import { type ResourceIdentity, UnsupportedTemplateError } from './resolver.ts';
import { isRunningType, silentTypes } from './resource-types.ts';

/** A resource whose properties are resolved and parsed. */
export interface ParsedResource<Properties> extends ResourceIdentity {
  readonly logicalId: string;
  readonly properties: Properties;
}

/** The resources of a template that exist under its conditions. */
export interface Resources {
  /** All resources of a type, parsed. */
  ofType<Schema extends z.ZodType>(type: string, schema: Schema): ParsedResource<z.output<Schema>>[];
}

/**
 * Opens a template for reading.
 * @throws UnsupportedTemplateError for a resource type that is neither run here nor known to have no behaviour.
 */
export function openResources(
  template: CloudFormationTemplate,
  place: Place,
  parameters: Readonly<Record<string, string>>,
): Resources {
  const resolver = createResolver({
    template,
    parameters,
    pseudo: pseudoParameters(place),
    identify(logicalId, resolve) {
      const resource = template.Resources[logicalId];
      if (resource === undefined) throw new UnsupportedTemplateError(`the template has no resource ${logicalId}`);
      return identify(logicalId, resource, place, resolve);
    },
  });
  const existing = Object.entries(template.Resources).filter(
    ([, resource]) => resource.Condition === undefined || resolver.condition(resource.Condition),
  );
  const unknown = existing.filter(([, { Type }]) => !isRunningType(Type) && !silentTypes.has(Type));
  if (unknown.length > 0) {
    const names = unknown.map(([logicalId, { Type }]) => `${Type} (${logicalId})`).join(', ');
    throw new UnsupportedTemplateError(`infra/local has no stand-in for ${names}: add one, or list the type as silent`);
  }
  return {
    ofType(type, schema) {
      return existing
        .filter(([, resource]) => resource.Type === type)
        .map(([logicalId, resource]) => {
          const parsed = schema.safeParse(resolver.value(resource.Properties ?? {}));
          if (!parsed.success) {
            throw new UnsupportedTemplateError(`${type} ${logicalId}: ${z.prettifyError(parsed.error)}`);
          }
          const { ref, attributes } = identify(logicalId, resource, place, resolver);
          return { logicalId, ref, attributes, properties: parsed.data };
        });
    },
  };
}

/** An attribute that `identify` gives every resource of the type in question. */
export function attributeOf(resource: ResourceIdentity, name: string): string {
  const value = resource.attributes[name];
  if (value === undefined) throw new UnsupportedTemplateError(`${resource.ref} has no attribute ${name}`);
  return value;
}
