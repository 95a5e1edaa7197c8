import { describe, expect, test } from 'vitest';
import { keyAttributes, mainTable, metricsTable, ttlAttribute } from './tables.ts';
import { resource, resourcesOf } from './testing/read-template.ts';
import { trialTemplate } from './testing/trial-stack.ts';

const production = await trialTemplate();
const trial = await trialTemplate({ production: false });
const tables = { MainTable: mainTable, MetricsTable: metricsTable };

const keySchema = (index?: string) => [
  { AttributeName: keyAttributes(index).partition, KeyType: 'HASH' },
  { AttributeName: keyAttributes(index).sort, KeyType: 'RANGE' },
];

describe('tables', () => {
  test.each(Object.entries(tables))(
    '%s has the shape that infra/tables.ts gives it, and is paid for by use',
    (id, shape) => {
      const properties = resource(production, 'AWS::DynamoDB::Table', id);
      expect(properties).toMatchObject({
        KeySchema: keySchema(),
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
      expect(properties['GlobalSecondaryIndexes'] ?? []).toEqual(
        shape.indexes.map((index) => ({
          IndexName: index,
          KeySchema: keySchema(index),
          Projection: { ProjectionType: 'ALL' },
        })),
      );
    },
  );

  test('are two', () => {
    expect([...resourcesOf(production, 'AWS::DynamoDB::Table').keys()]).toEqual(Object.keys(tables));
  });

  test.each(Object.keys(tables))('%s survives mistakes in production', (id) => {
    expect(production.Resources[id]).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtectionEnabled: true },
    });
  });

  test.each(Object.keys(tables))('%s goes with the stack that is said to be no production', (id) => {
    expect(trial.Resources[id]).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtectionEnabled: false },
    });
  });
});

describe('the secret', () => {
  test('generates the key that nobody needs to know, and leaves the rest to be filled in', () => {
    const { GenerateSecretString } = resource(production, 'AWS::SecretsManager::Secret', 'Secret') as {
      readonly GenerateSecretString: { readonly SecretStringTemplate: string };
    };
    expect(GenerateSecretString).toMatchObject({
      GenerateStringKey: 'linkSigningKey',
      PasswordLength: 64,
      ExcludePunctuation: true,
    });
    // Anything else here, even another order, would have CloudFormation overwrite a secret that is in use.
    expect(GenerateSecretString.SecretStringTemplate).toBe(
      '{"slackSigningSecret":"","slackClientSecret":"","upstashToken":"","tokenEncryptionKey":""}',
    );
  });

  test('stays when a production stack goes', () => {
    expect(production.Resources['Secret']).toMatchObject({ DeletionPolicy: 'Retain' });
    expect(trial.Resources['Secret']).toMatchObject({ DeletionPolicy: 'Delete' });
  });
});
