import { type AwsSurroundings, awsSurroundings } from '../../lib/platform/aws-client.ts';

/** What a function finds in its environment, when all of AWS answers at one address of this machine. */
export function localAws(endpoint: string): AwsSurroundings {
  return awsSurroundings({
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: endpoint,
  });
}
