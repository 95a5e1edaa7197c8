import { type Resolver, UnsupportedTemplateError } from './resolver.ts';

type Evaluate = (argument: unknown, resolver: Resolver) => unknown;

const functions: Readonly<Record<string, Evaluate>> = {
  Ref: (argument, resolver) => resolver.ref(text(argument, 'Ref')),
  Condition: (argument, resolver) => resolver.condition(text(argument, 'Condition')),
  'Fn::GetAtt': (argument, resolver) => {
    const parts = typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt', resolver);
    const [logicalId, ...attribute] = parts.map((part) => text(part, 'Fn::GetAtt'));
    return resolver.attribute(logicalId ?? '', attribute.join('.'));
  },
  'Fn::Join': (argument, resolver) => {
    const [separator, parts] = list(argument, 'Fn::Join', resolver);
    return list(parts, 'Fn::Join', resolver)
      .map((part) => text(part, 'Fn::Join'))
      .join(text(separator, 'Fn::Join'));
  },
  'Fn::Split': (argument, resolver) => {
    const [separator, whole] = list(argument, 'Fn::Split', resolver);
    return text(whole, 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::Select': (argument, resolver) => {
    const [index, choices] = list(argument, 'Fn::Select', resolver);
    const chosen = list(choices, 'Fn::Select', resolver)[Number(index)];
    if (chosen === undefined) throw new UnsupportedTemplateError(`Fn::Select: nothing stands at ${String(index)}`);
    return chosen;
  },
  'Fn::Sub': (argument, resolver) => substitute(argument, resolver),
  'Fn::Base64': (argument, resolver) =>
    Buffer.from(text(resolver.value(argument), 'Fn::Base64'), 'utf8').toString('base64'),
  'Fn::FindInMap': (argument, resolver) => {
    const [map, first, second] = list(argument, 'Fn::FindInMap', resolver).map((part) => text(part, 'Fn::FindInMap'));
    return resolver.mapping(map ?? '', first ?? '', second ?? '');
  },
  // The branch that is not taken may name what exists only in the other case, so it is never resolved.
  'Fn::If': (argument, resolver) => {
    if (!Array.isArray(argument) || argument.length !== 3)
      throw new UnsupportedTemplateError('Fn::If wants three parts');
    return resolver.value(argument[resolver.condition(text(argument[0], 'Fn::If')) ? 1 : 2]);
  },
  'Fn::Equals': (argument, resolver) => {
    const [left, right] = list(argument, 'Fn::Equals', resolver);
    return String(left) === String(right);
  },
  'Fn::And': (argument, resolver) => list(argument, 'Fn::And', resolver).every((part) => part === true),
  'Fn::Or': (argument, resolver) => list(argument, 'Fn::Or', resolver).some((part) => part === true),
  'Fn::Not': (argument, resolver) => list(argument, 'Fn::Not', resolver)[0] !== true,
};

/** Whether a key of the template is an intrinsic function, known here or not. */
export function isFunctionName(name: string): boolean {
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');
}

/**
 * Computes one intrinsic function.
 * @throws UnsupportedTemplateError for one that is not known here, or with parts of the wrong kind.
 */
export function evaluateFunction(name: string, argument: unknown, resolver: Resolver): unknown {
  // "Condition" is also a plain key of policy statements, where its value is an object.
  if (name === 'Condition' && typeof argument !== 'string') return { Condition: resolver.value(argument) };
  const evaluate = functions[name];
  if (evaluate === undefined) throw new UnsupportedTemplateError(`the intrinsic function ${name} is not known here`);
  return evaluate(argument, resolver);
}

function substitute(argument: unknown, resolver: Resolver): string {
  const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const given = resolver.value(variables) as Record<string, unknown>;
  return text(pattern, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (name in given) return text(given[name], 'Fn::Sub');
    const [logicalId = '', ...attribute] = name.split('.');
    return text(
      attribute.length > 0 ? resolver.attribute(logicalId, attribute.join('.')) : resolver.ref(name),
      'Fn::Sub',
    );
  });
}

function list(node: unknown, of: string, resolver: Resolver): unknown[] {
  const value = resolver.value(node);
  if (!Array.isArray(value)) throw new UnsupportedTemplateError(`${of} wants a list`);
  return value;
}

function text(value: unknown, of: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new UnsupportedTemplateError(`${of} wants text, not ${JSON.stringify(value)}`);
}
