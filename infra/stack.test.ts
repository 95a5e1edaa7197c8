import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createApp, type SynthesizeOptions } from './synthesize.ts';
import { asText, outputOf, resourcesOf } from './testing/read-template.ts';
import { trialTemplate, withTrialFolders } from './testing/trial-stack.ts';

const customDomain = {
  domainName: 'postflow.acme.example',
  certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
};

const template = await trialTemplate();

function findings(options: SynthesizeOptions = {}): Promise<string[]> {
  return withTrialFolders(async (folders) => {
    const { app } = await createApp({ ...folders, ...options });
    return new AwsSolutionsChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName);
  });
}

describe('the stack', () => {
  test('consists of these types of resources: whatever faces the internet would be a new one', () => {
    const counts: Record<string, number> = {};
    for (const { Type } of Object.values(template.Resources)) {
      counts[Type] = (counts[Type] ?? 0) + 1;
    }
    expect(counts).toEqual({
      'AWS::ApiGateway::Account': 1,
      'AWS::ApiGateway::Deployment': 1,
      'AWS::ApiGateway::GatewayResponse': 7,
      'AWS::ApiGateway::Method': 105,
      'AWS::ApiGateway::Resource': 94,
      'AWS::ApiGateway::RestApi': 1,
      'AWS::ApiGateway::Stage': 1,
      'AWS::CloudWatch::Alarm': 32,
      'AWS::DynamoDB::Table': 2,
      'AWS::IAM::Policy': 2,
      'AWS::IAM::Role': 44,
      'AWS::Lambda::EventInvokeConfig': 2,
      'AWS::Lambda::EventSourceMapping': 8,
      'AWS::Lambda::Function': 41,
      'AWS::Lambda::Permission': 30,
      'AWS::Logs::LogGroup': 43,
      'AWS::SNS::Subscription': 1,
      'AWS::SNS::Topic': 1,
      'AWS::SNS::TopicPolicy': 1,
      'AWS::SQS::Queue': 18,
      'AWS::SQS::QueuePolicy': 18,
      'AWS::Scheduler::Schedule': 2,
      'AWS::SecretsManager::Secret': 1,
    });
  });

  test('has these outputs', () => {
    expect(Object.keys(template.Outputs)).toEqual([
      'ApiUrl',
      'AdminFunctionName',
      'MainTableName',
      'MetricsTableName',
      'SecretArn',
      'AlarmTopicArn',
    ]);
    expect(outputOf(template, 'AdminFunctionName')).toBe('postflow-admin');
  });

  test('asks only for what nobody can guess', () => {
    expect(Object.entries(template.Parameters).map(([name, { Default }]) => [name, Default])).toEqual([
      ['UpstashRedisRestUrl', undefined],
      ['PublicUrl', ''],
      ['SlackApiUrl', 'https://slack.com/api/'],
      ['SlackCommand', '/postflow'],
      ['SlackClientId', ''],
      ['OidcIssuer', 'https://slack.com'],
      ['OidcClientId', ''],
      ['GithubApiUrl', 'https://api.github.com'],
      ['DocsUrl', 'https://github.com/postflow/postflow#readme'],
      ['SupportUrl', 'https://github.com/postflow/postflow/issues'],
      ['PointsPerMinute', '600000'],
      ['MetricRetentionDays', '1,30,90,396'],
      ['SeriesPerDay', '10000'],
      ['AlarmEmail', ''],
    ]);
  });

  test.each([
    ['UpstashRedisRestUrl', 'https://eu1-fun-1.upstash.io', true],
    ['UpstashRedisRestUrl', 'http://127.0.0.1:4711', true],
    ['UpstashRedisRestUrl', 'http://redis.acme.example', false],
    ['UpstashRedisRestUrl', '', false],
    ['PublicUrl', '', true],
    ['PublicUrl', 'https://postflow.acme.example', true],
    ['PublicUrl', 'https://postflow.acme.example/', false],
    ['PublicUrl', 'http://localhost:3000', true],
    ['SlackApiUrl', 'http://127.0.0.1:3000/api/', true],
    ['SlackCommand', 'postflow', false],
    ['PointsPerMinute', '0', true],
    ['PointsPerMinute', '-1', false],
    ['PointsPerMinute', '', false],
    ['MetricRetentionDays', '2,60,400,1000', true],
    ['MetricRetentionDays', '1,30,90', false],
    ['MetricRetentionDays', '0,30,90,396', false],
    ['SeriesPerDay', '500', true],
    ['SeriesPerDay', '0', false],
    ['AlarmEmail', 'ops@acme.example', true],
    ['AlarmEmail', 'ops', false],
  ])('parameter %s given as "%s" is taken: %s', (name, value, taken) => {
    expect(new RegExp(template.Parameters[name]?.AllowedPattern ?? '$^').test(value)).toBe(taken);
  });

  test('is named as the context says, and so are its functions', async () => {
    const renamed = await trialTemplate({ context: { stackName: 'postflow-staging' } });
    expect(outputOf(renamed, 'AdminFunctionName')).toBe('postflow-staging-admin');
    expect(resourcesOf(renamed, 'AWS::Lambda::Function').get('AdminFunction')).toMatchObject({
      FunctionName: 'postflow-staging-admin',
    });
  });
});

describe('a custom domain', () => {
  test('comes with its certificate, becomes the public address, and says where to point its name', async () => {
    const withDomain = await trialTemplate({ context: customDomain });
    expect([...resourcesOf(withDomain, 'AWS::ApiGateway::DomainName').values()]).toEqual([
      {
        DomainName: customDomain.domainName,
        RegionalCertificateArn: customDomain.certificateArn,
        EndpointConfiguration: { Types: ['REGIONAL'] },
        SecurityPolicy: 'TLS_1_2',
      },
    ]);
    expect(resourcesOf(withDomain, 'AWS::ApiGateway::BasePathMapping').size).toBe(1);
    expect(outputOf(withDomain, 'ApiUrl')).toEqual({
      'Fn::If': ['HasPublicUrl', { Ref: 'PublicUrl' }, `https://${customDomain.domainName}`],
    });
    expect(asText(outputOf(withDomain, 'CustomDomainTarget'))).toMatch(/RegionalDomainName>$/);
  });

  test.each(Object.entries(customDomain))('is refused when only %s is known', async (key, value) => {
    await expect(trialTemplate({ context: { [key]: value } })).rejects.toThrow('A custom domain needs both');
  });
});

describe('CloudFront', () => {
  test('gives an address without a path, caches nothing and passes everything on but the host', async () => {
    const throughCloudFront = await trialTemplate({ context: { cloudFront: 'true' } });
    const [[logicalId, properties] = ['', {}]] = resourcesOf(throughCloudFront, 'AWS::CloudFront::Distribution');
    expect(outputOf(throughCloudFront, 'ApiUrl')).toEqual({
      'Fn::If': [
        'HasPublicUrl',
        { Ref: 'PublicUrl' },
        { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [logicalId, 'DomainName'] }]] },
      ],
    });
    expect(properties).toMatchObject({
      DistributionConfig: {
        DefaultCacheBehavior: {
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
          // AWS's own names for its policies CachingDisabled and AllViewerExceptHostHeader.
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
          ViewerProtocolPolicy: 'https-only',
        },
        Origins: [{ OriginPath: '/live', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }],
      },
    });
  });

  test('and a custom domain exclude each other', async () => {
    const both = { ...customDomain, cloudFront: 'true' };
    await expect(trialTemplate({ context: both })).rejects.toThrow('choose one');
  });
});

describe('cdk-nag', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each([
    ['as deployed', {}],
    ['without production’s protection', { production: false }],
    ['with a custom domain', { context: customDomain }],
    ['behind CloudFront', { context: { cloudFront: 'true' } }],
  ])('AwsSolutions has nothing to say about the stack %s', async (_case, options: SynthesizeOptions) => {
    await withTrialFolders(async (folders) => {
      const { app } = await createApp({ ...folders, ...options });
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
      expect(() => app.synth()).not.toThrow();
    });
    expect(await findings(options)).toEqual([]);
  });

  test('would report every finding that is acknowledged, so that no acknowledgement outlives its reason', async () => {
    const acknowledge = vi.spyOn(Validations.prototype, 'acknowledge').mockImplementation(() => {});
    const reported = await findings({ context: { cloudFront: 'true' } });
    const acknowledged = acknowledge.mock.calls.flat();
    expect(new Set(reported)).toEqual(new Set(acknowledged.map(({ id }) => id)));
    for (const { reason } of acknowledged) {
      expect(reason.length).toBeGreaterThan(40);
    }
  });
});
