import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type CfnTable,
  Table as DynamoTable,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { keyAttributes, type TableShape, ttlAttribute } from '../tables.ts';

function keys(index?: string) {
  const { partition, sort } = keyAttributes(index);
  return {
    partitionKey: { name: partition, type: AttributeType.STRING },
    sortKey: { name: sort, type: AttributeType.STRING },
  };
}

/** An on-demand table of the given shape, with time-to-live and point-in-time recovery; in production nothing deletes it by accident. */
export class Table extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: { readonly shape: TableShape; readonly production: boolean }) {
    super(scope, id);
    const table = new DynamoTable(this, 'Table', {
      ...keys(),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      timeToLiveAttribute: ttlAttribute,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.production,
      removalPolicy: props.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const indexName of props.shape.indexes) {
      table.addGlobalSecondaryIndex({ indexName, ...keys(indexName) });
    }
    // A logical id of its own choosing: moving this construct must never replace a table full of data.
    (table.node.defaultChild as CfnTable).overrideLogicalId(id);
    this.name = table.tableName;
    this.arn = table.tableArn;
  }
}
