import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { App, AwsLambdaReceiver } from '@slack/bolt';

// The same command as its users write it with Bolt: the signature is checked, one item is read, the answer is given at once.

const env = process.env as Record<'TABLE_NAME' | 'SIGNING_SECRET', string>;
const client = new DynamoDBClient({});
const receiver = new AwsLambdaReceiver({ signingSecret: env.SIGNING_SECRET });
const app = new App({
  receiver,
  processBeforeResponse: true,
  // In its favour: with a token it would ask Slack who it is before its first answer.
  authorize: async () => ({ botToken: 'xoxb-hush', botId: 'B0POSTFLOW', botUserId: 'U0POSTFLOW' }),
});

app.command('/postflow', async ({ ack, command }) => {
  const key = { pk: { S: `WORKSPACE#${command.team_id}` }, sk: { S: 'WORKSPACE' } };
  const { Item: workspace } = await client.send(new GetItemCommand({ TableName: env.TABLE_NAME, Key: key }));
  await ack({ response_type: 'ephemeral', text: `This is ${workspace?.['name']?.S}.` });
});

export const handler = receiver.toHandler();
