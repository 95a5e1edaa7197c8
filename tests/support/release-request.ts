import type { APIGatewayProxyEvent } from 'aws-lambda';
import { httpEvent } from './http-event.ts';

/** A request that creates a release: in the organization's form, or in that of a project. */
export function releaseRequest(
  body: unknown,
  { org = 'acme', project }: { org?: string; project?: string },
): APIGatewayProxyEvent {
  return httpEvent({
    ...(project === undefined
      ? { resource: '/api/0/organizations/{org}/releases', pathParameters: { org } }
      : { resource: '/api/0/projects/{org}/{project}/releases', pathParameters: { org, project } }),
    body: JSON.stringify(body),
  });
}
