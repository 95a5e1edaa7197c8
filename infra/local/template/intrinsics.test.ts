import { describe, expect, test } from 'vitest';
import type { CloudFormationTemplate } from '../../synthesize.ts';
import { createResolver } from './intrinsics.ts';
import type { Resolver } from './resolver.ts';

const template: CloudFormationTemplate & { Mappings: unknown } = {
  Parameters: {
    Given: { Type: 'String', AllowedPattern: '[a-z:/]+' },
    Defaulted: { Type: 'String', Default: 'standard' },
    Missing: { Type: 'String' },
    Bootstrap: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk/version' },
    Listed: { Type: 'CommaDelimitedList', Default: 'a,b' },
  },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'Defaulted' }, 'standard'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    Either: { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
  },
  Mappings: { ByRegion: { 'us-east-1': { bucket: 'east' } } },
  Resources: { Thing: { Type: 'Custom' } },
  Outputs: {},
};

function resolver(parameters: Record<string, string> = { Given: 'http://x' }): Resolver {
  return createResolver({
    template,
    parameters,
    pseudo: { 'AWS::Region': 'us-east-1', 'AWS::Partition': 'aws' },
    identify: () => ({ ref: 'thing-ref', attributes: { Arn: 'arn:thing', 'Nested.Name': 'nested' } }),
  });
}

describe('the resolver', () => {
  test.for<[string, unknown, unknown]>([
    ['leaves plain values alone', { a: [1, true, 'x'] }, { a: [1, true, 'x'] }],
    ['Ref of a resource', { Ref: 'Thing' }, 'thing-ref'],
    ['Ref of a parameter', { Ref: 'Given' }, 'http://x'],
    ['Ref of a parameter with a default', { Ref: 'Defaulted' }, 'standard'],
    ['Ref of a list parameter', { Ref: 'Listed' }, ['a', 'b']],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['AWS::NoValue removes its property', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['AWS::NoValue removes its list entry', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Thing', 'Arn'] }, 'arn:thing'],
    ['Fn::GetAtt as text with a nested attribute', { 'Fn::GetAtt': 'Thing.Nested.Name' }, 'nested'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Thing' }, 3]] }, 'a-thing-ref-3'],
    ['Fn::Split and Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
    ['Fn::Sub', { 'Fn::Sub': '${AWS::Partition}/${Thing}/${Thing.Arn}/${!Kept}' }, 'aws/thing-ref/arn:thing/${Kept}'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${X}/${Given}', { X: { Ref: 'Thing' } }] }, 'thing-ref/http://x'],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
    ['Fn::If takes the first branch', { 'Fn::If': ['Yes', 'a', { Ref: 'Nowhere' }] }, 'a'],
    ['Fn::If takes the second branch', { 'Fn::If': ['Both', { Ref: 'Nowhere' }, 'b'] }, 'b'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['ByRegion', { Ref: 'AWS::Region' }, 'bucket'] }, 'east'],
    ['Fn::Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    ['a policy condition stays a condition', { Condition: { Bool: 'x' } }, { Condition: { Bool: 'x' } }],
  ])('%s', ([, node, expected]) => {
    expect(resolver().value(node)).toEqual(expected);
  });

  test.for([
    ['Yes', true],
    ['No', false],
    ['Both', false],
    ['Either', true],
  ] as const)('condition %s is %s', ([name, expected]) => {
    expect(resolver().condition(name)).toBe(expected);
  });

  test.for<[string, unknown, RegExp]>([
    ['an unknown function', { 'Fn::ImportValue': 'x' }, /Fn::ImportValue is not known/],
    ['a Ref to nothing', { Ref: 'Nowhere' }, /names nothing.*Nowhere/],
    ['a parameter without a value', { Ref: 'Missing' }, /Missing has no value/],
    ['an SSM parameter, whose default is only its name', { Ref: 'Bootstrap' }, /Bootstrap has no value/],
    ['an unknown attribute', { 'Fn::GetAtt': ['Thing', 'Other'] }, /no attribute Other.*Thing \(Custom\)/],
    ['an unknown condition', { 'Fn::If': ['Perhaps', 1, 2] }, /no condition Perhaps/],
    ['an object where text is wanted', { 'Fn::Join': ['', [{ a: 1 }]] }, /wants text/],
  ])('refuses %s', ([, node, message]) => {
    expect(() => resolver().value(node)).toThrow(message);
  });

  test('refuses a parameter that the template does not have', () => {
    expect(() => resolver({ Nowhere: 'x' })).toThrow(/no parameter Nowhere/);
  });

  test('refuses a value that the template does not allow', () => {
    expect(() => resolver({ Given: 'UPPER' })).toThrow(/refuses Given="UPPER"/);
  });
});
