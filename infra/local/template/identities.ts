import type { TemplateResource } from '../../synthesize.ts';
import type { Resolver, ResourceIdentity } from './resolver.ts';

/** Where the stack pretends to be. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  /** Origin of the endpoint that answers for SQS, Secrets Manager and Lambda. */
  readonly awsEndpoint: string;
}

/** The pseudo parameters of CloudFormation for that place. */
export function pseudoParameters(place: Place): Record<string, string> {
  return {
    'AWS::Region': place.region,
    'AWS::AccountId': place.accountId,
    'AWS::StackName': place.stackName,
    'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.accountId}:stack/${place.stackName}/local`,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

/** The property that names a resource of a type, where the template may give one. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'Name',
  'AWS::ApiGateway::Stage': 'StageName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::Scheduler::ScheduleGroup': 'Name',
  'AWS::SecretsManager::Secret': 'Name',
};

/** Says what `Ref` and `Fn::GetAtt` give for a resource here, with names and ARNs of the same form as on AWS. */
export function identify(
  logicalId: string,
  resource: TemplateResource,
  place: Place,
  resolver: Resolver,
): ResourceIdentity {
  const given = resolver.value(resource.Properties?.[nameProperties[resource.Type] ?? '']);
  const name = typeof given === 'string' && given !== '' ? given : `${place.stackName}-${logicalId}`;
  const arn = (service: string, rest: string, global = false) =>
    `arn:aws:${service}:${global ? '' : place.region}:${place.accountId}:${rest}`;

  switch (resource.Type) {
    case 'AWS::ApiGateway::RestApi':
      return { ref: apiId(logicalId), attributes: { RootResourceId: 'root', RestApiId: apiId(logicalId) } };
    case 'AWS::ApiGateway::Resource':
      return { ref: logicalId, attributes: { ResourceId: logicalId } };
    case 'AWS::ApiGateway::Deployment':
      return { ref: logicalId, attributes: { DeploymentId: logicalId } };
    case 'AWS::ApiGateway::Stage':
      return { ref: name, attributes: {} };
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return named(name, arn('dynamodb', `table/${name}`), {
        StreamArn: arn('dynamodb', `table/${name}/stream/local`),
      });
    case 'AWS::Lambda::Function':
      return named(name, arn('lambda', `function:${name}`));
    case 'AWS::SQS::Queue':
      return {
        ref: `${place.awsEndpoint}/${place.accountId}/${name}`,
        attributes: {
          Arn: arn('sqs', name),
          QueueName: name,
          QueueUrl: `${place.awsEndpoint}/${place.accountId}/${name}`,
        },
      };
    case 'AWS::SNS::Topic':
      return { ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } };
    // Secrets Manager appends six characters to the name; callers may use either.
    case 'AWS::SecretsManager::Secret':
      return {
        ref: arn('secretsmanager', `secret:${name}-local0`),
        attributes: { Id: arn('secretsmanager', `secret:${name}-local0`) },
      };
    case 'AWS::Scheduler::Schedule':
      return named(name, arn('scheduler', `schedule/default/${name}`));
    case 'AWS::Scheduler::ScheduleGroup':
      return named(name, arn('scheduler', `schedule-group/${name}`));
    case 'AWS::IAM::Role':
      return named(name, arn('iam', `role/${name}`, true), { RoleId: logicalId });
    case 'AWS::Logs::LogGroup':
      return named(name, arn('logs', `log-group:${name}:*`));
    case 'AWS::CloudWatch::Alarm':
      return named(name, arn('cloudwatch', `alarm:${name}`));
    case 'AWS::KMS::Key':
      return { ref: logicalId, attributes: { Arn: arn('kms', `key/${logicalId}`), KeyId: logicalId } };
    default:
      return { ref: logicalId, attributes: {} };
  }
}

function named(name: string, arn: string, further: Record<string, string> = {}): ResourceIdentity {
  return { ref: name, attributes: { Arn: arn, ...further } };
}

/** Ten lower-case letters and digits, as the ids of real APIs look; the same for the same logical id. */
function apiId(logicalId: string): string {
  return logicalId
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .padEnd(10, '0')
    .slice(-10);
}
