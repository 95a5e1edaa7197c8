import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import middy from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';

// The least that a function with these three libraries can do: it checks no signature and knows no command.

const { TABLE_NAME } = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const form = z.looseObject({ team_id: z.string() });
const client = new DynamoDBClient({});

export const handler = middy(async (event: APIGatewayProxyEvent) => {
  const { team_id: teamId } = form.parse(Object.fromEntries(new URLSearchParams(event.body ?? '')));
  const key = { pk: { S: `WORKSPACE#${teamId}` }, sk: { S: 'WORKSPACE' } };
  const { Item: workspace } = await client.send(new GetItemCommand({ TableName: TABLE_NAME, Key: key }));
  return { statusCode: 200, body: JSON.stringify({ text: `This is ${workspace?.['name']?.S}.` }) };
});
