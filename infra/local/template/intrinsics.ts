import { evaluateFunction, isFunctionName } from './intrinsic-functions.ts';
import { type Resolver, type ResolverInput, type ResourceIdentity, UnsupportedTemplateError } from './resolver.ts';

/** Marks AWS::NoValue while a value is being resolved: the property that holds it disappears. */
const noValue = undefined;

/**
 * Makes the resolver of one template.
 * @throws UnsupportedTemplateError for a parameter that the template does not have, or a value that it does not allow.
 */
export function createResolver(input: ResolverInput): Resolver {
  const { template, parameters, pseudo } = input;
  for (const [name, value] of Object.entries(parameters)) {
    const parameter = template.Parameters[name];
    if (parameter === undefined) throw new UnsupportedTemplateError(`the template has no parameter ${name}`);
    const { AllowedPattern = '.*', ConstraintDescription = AllowedPattern } = parameter;
    if (!new RegExp(`^(?:${AllowedPattern})$`, 's').test(value)) {
      throw new UnsupportedTemplateError(`the template refuses ${name}="${value}": ${ConstraintDescription}`);
    }
  }
  const identities = new Map<string, ResourceIdentity>();
  const identityOf = (logicalId: string): ResourceIdentity => {
    const known = identities.get(logicalId) ?? input.identify(logicalId, resolver);
    identities.set(logicalId, known);
    return known;
  };

  const resolver: Resolver = {
    value(node) {
      if (Array.isArray(node)) return node.map(resolver.value).filter((entry) => entry !== noValue);
      if (!isRecord(node)) return node;
      const [name, ...others] = Object.keys(node);
      if (name !== undefined && others.length === 0 && isFunctionName(name)) {
        return evaluateFunction(name, node[name], resolver);
      }
      const entries = Object.entries(node).map(([key, entry]) => [key, resolver.value(entry)] as const);
      return Object.fromEntries(entries.filter(([, entry]) => entry !== noValue));
    },
    condition(name) {
      if (!(name in template.Conditions)) throw new UnsupportedTemplateError(`the template has no condition ${name}`);
      return resolver.value(template.Conditions[name]) === true;
    },
    ref(name) {
      if (name === 'AWS::NoValue') return noValue;
      if (name in pseudo) return pseudo[name];
      if (name in template.Resources) return identityOf(name).ref;
      const parameter = template.Parameters[name];
      if (parameter === undefined) throw new UnsupportedTemplateError(`Ref names nothing in the template: ${name}`);
      const value = parameters[name] ?? (parameter.Type.startsWith('AWS::SSM') ? undefined : parameter.Default);
      if (value === undefined) throw new UnsupportedTemplateError(`the template's parameter ${name} has no value here`);
      return parameter.Type.startsWith('List<') || parameter.Type === 'CommaDelimitedList' ? value.split(',') : value;
    },
    attribute(logicalId, attribute) {
      if (!(logicalId in template.Resources)) {
        throw new UnsupportedTemplateError(`Fn::GetAtt names nothing in the template: ${logicalId}`);
      }
      const value = identityOf(logicalId).attributes[attribute];
      if (value === undefined) {
        const type = template.Resources[logicalId]?.Type;
        throw new UnsupportedTemplateError(`no attribute ${attribute} is known here of ${logicalId} (${type})`);
      }
      return value;
    },
    mapping(map, first, second) {
      const mappings = (template as { Mappings?: Record<string, Record<string, Record<string, unknown>>> }).Mappings;
      const value = mappings?.[map]?.[first]?.[second];
      if (value === undefined)
        throw new UnsupportedTemplateError(`Fn::FindInMap finds nothing at ${map}.${first}.${second}`);
      return value;
    },
  };
  return resolver;
}

/** Whether a value is an object with keys, as the JSON of a template has them. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
