import { epochSeconds } from '../../lib/platform/clock.ts';
import { slackSignature } from '../../lib/slack/index.ts';
import { httpEvent } from '../support/http-event.ts';
import { lambdaContext } from '../support/lambda-context.ts';
import type { SignedDoor } from './signed-doors.ts';
import type { SlackDoorApp } from './world.ts';

/** What came back. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly body: string;
}

/** A request as it arrives: its headers by name, its body byte by byte. */
export interface Arriving {
  readonly method?: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
  /** Whether the gateway hands the body over in base64. */
  readonly base64?: boolean;
}

/** The two headers that say whose a request is. */
export type SlackHeaders = Readonly<Record<'X-Slack-Request-Timestamp' | 'X-Slack-Signature', string>>;

/** Headers as Slack sends them with this body, at a distance from now in seconds. */
export function signedHeaders(app: SlackDoorApp, body: Buffer, age = 0): SlackHeaders {
  return headersAt(app.signingSecret, String(epochSeconds(app.clock) - age), body);
}

/** Headers that carry this timestamp and the signature that goes with it. */
export function headersAt(secret: string, timestamp: string, body: Buffer): SlackHeaders {
  return { 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': slackSignature(secret, timestamp, body) };
}

/** Hands a request to a door as API Gateway would. */
export async function send(app: SlackDoorApp, door: SignedDoor, request: Arriving): Promise<ReceivedAnswer> {
  const { method = 'POST', headers, body, base64 = true } = request;
  const { resource, contentType } = door;
  const event = httpEvent({ method, resource, headers: { 'Content-Type': contentType, ...headers }, body, base64 });
  const { statusCode, body: answer } = await door.open(app)(event, lambdaContext());
  return { status: statusCode, body: answer };
}
