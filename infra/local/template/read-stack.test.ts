import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '../../synthesize.ts';
import { readStack } from './read-stack.ts';
import type { StackModel } from './stack-model.ts';

function read(resources: Record<string, TemplateResource>, conditions: Record<string, unknown> = {}): StackModel {
  return readStack({
    template: { Parameters: {}, Conditions: conditions, Outputs: {}, Resources: resources },
    assets: { Work: '/bundles/work' },
    parameters: {},
    place: { region: 'us-east-1', accountId: '000000000000', stackName: 'st', awsEndpoint: 'http://127.0.0.1:1' },
  });
}

const work: TemplateResource = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '-work']] },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 50,
    Environment: { Variables: { QUEUE_URL: { Ref: 'Jobs' }, TABLE_NAME: { Ref: 'Data' } } },
    DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } },
  },
};
const dead: TemplateResource = { Type: 'AWS::SQS::Queue' };
const jobs: TemplateResource = {
  Type: 'AWS::SQS::Queue',
  Properties: {
    VisibilityTimeout: 300,
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
  },
};
const data: TemplateResource = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    TimeToLiveSpecification: { AttributeName: 'gone', Enabled: true },
  },
};
const mapping: TemplateResource = {
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
    FunctionName: { Ref: 'Work' },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  },
};

describe('readStack', () => {
  test('reads functions, queues, tables and what joins them', () => {
    const stack = read({ Work: work, Dead: dead, Jobs: jobs, Data: data, Mapping: mapping });

    expect(stack.functions).toEqual([
      {
        logicalId: 'Work',
        name: 'st-work',
        arn: 'arn:aws:lambda:us-east-1:000000000000:function:st-work',
        codeFolder: '/bundles/work',
        handler: 'index.handler',
        timeoutSeconds: 50,
        memoryMegabytes: 128,
        environment: { QUEUE_URL: 'http://127.0.0.1:1/000000000000/st-Jobs', TABLE_NAME: 'st-Data' },
        jsonLogs: false,
        asynchronous: {
          maximumRetryAttempts: 2,
          maximumEventAgeSeconds: 21_600,
          deadLetterArn: 'arn:aws:sqs:us-east-1:000000000000:st-Dead',
        },
      },
    ]);
    expect(stack.queues[1]?.redrive).toEqual({
      deadLetterArn: 'arn:aws:sqs:us-east-1:000000000000:st-Dead',
      maxReceiveCount: 3,
    });
    expect(stack.eventSources).toEqual([
      {
        queueArn: 'arn:aws:sqs:us-east-1:000000000000:st-Jobs',
        functionName: 'st-work',
        batchSize: 10,
        windowSeconds: 0,
        reportItemFailures: true,
      },
    ]);
    expect(stack.tables).toEqual([
      {
        tableName: 'st-Data',
        attributes: [{ name: 'pk', type: 'S' }],
        key: { partition: 'pk' },
        indexes: [],
        timeToLiveAttribute: 'gone',
      },
    ]);
  });

  test('leaves out what its condition excludes', () => {
    const conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    expect(read({ Dead: { ...dead, Condition: 'Never' } }, conditions).queues).toEqual([]);
  });

  test('is silent about types without behaviour', () => {
    expect(read({ Role: { Type: 'AWS::IAM::Role' } }).functions).toEqual([]);
  });

  test.for<[string, Record<string, TemplateResource>, RegExp]>([
    ['a type without a stand-in', { Files: { Type: 'AWS::S3::Bucket' } }, /no stand-in for AWS::S3::Bucket \(Files\)/],
    [
      'a function without a bundle',
      { Other: { ...work, Properties: { ...work.Properties, Environment: {}, DeadLetterConfig: { TargetArn: 'a' } } } },
      /no bundle/,
    ],
    ['a property it cannot honour', { Jobs: { ...dead, Properties: { FifoQueue: true } } }, /AWS::SQS::Queue Jobs/],
    [
      'a queue that shows messages before their function times out',
      {
        Work: work,
        Dead: dead,
        Jobs: { ...jobs, Properties: { ...jobs.Properties, VisibilityTimeout: 10 } },
        Data: data,
        Mapping: mapping,
      },
      /shows messages again after 10 s, before st-work times out \(50 s\)/,
    ],
  ])('refuses %s', ([, resources, message]) => {
    expect(() => read(resources)).toThrow(message);
  });
});
