import * as z from 'zod';
import type { Resources } from './resources.ts';
import type { KeyModel, TableModel } from './stack-model.ts';

const keySchema = z
  .array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
  .transform((parts, context): KeyModel => {
    const partition = parts.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
    const sort = parts.find(({ KeyType }) => KeyType === 'RANGE')?.AttributeName;
    if (partition === undefined) context.addIssue('a key without a HASH attribute');
    return { partition: partition ?? '', ...(sort !== undefined && { sort }) };
  });

const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

const tableSchema = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(indexSchema).default([]),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  LocalSecondaryIndexes: z.undefined().optional(),
  StreamSpecification: z.undefined().optional(),
});

/** Reads the DynamoDB tables, which CDK writes as Table or as GlobalTable. */
export function readTables(resources: Resources): TableModel[] {
  const found = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'].flatMap((type) =>
    resources.ofType(type, tableSchema),
  );
  return found.map(({ ref, properties }) => ({
    tableName: ref,
    attributes: properties.AttributeDefinitions.map(({ AttributeName, AttributeType }) => ({
      name: AttributeName,
      type: AttributeType,
    })),
    key: properties.KeySchema,
    indexes: properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
      name: IndexName,
      key: KeySchema,
      projection: {
        type: Projection.ProjectionType,
        ...(Projection.NonKeyAttributes && { attributes: Projection.NonKeyAttributes }),
      },
    })),
    ...(properties.TimeToLiveSpecification?.Enabled && {
      timeToLiveAttribute: properties.TimeToLiveSpecification.AttributeName,
    }),
  }));
}
