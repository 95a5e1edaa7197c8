import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** The fields that docs/deploy.md has the deployer fill in. */
const filledInByDeployer = ['slackSigningSecret', 'slackClientSecret', 'upstashToken', 'tokenEncryptionKey'] as const;

/**
 * The one secret: a JSON object whose linkSigningKey is generated here.
 *
 * Never change the generation below once somebody has deployed it: CloudFormation would generate anew and overwrite what was filled in.
 */
export class AppSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: { readonly production: boolean }) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description: 'What postflow must keep to itself: docs/deploy.md says how to fill it in.',
      generateSecretString: {
        secretStringTemplate: JSON.stringify(Object.fromEntries(filledInByDeployer.map((field) => [field, '']))),
        generateStringKey: 'linkSigningKey',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: props.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    (secret.node.defaultChild as CfnSecret).overrideLogicalId(id);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Slack and Upstash issue these credentials and have no interface for rotating them; docs/deploy.md says how to do it by hand.',
    });
    this.arn = secret.secretArn;
  }
}
