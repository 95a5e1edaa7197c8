import * as z from 'zod';
import { slackSignature } from '../../../lib/slack/index.ts';
import type { Stage } from './happening.ts';

/** What Slack signs a body with. */
export const signForm = z.strictObject({ sign: z.strictObject({ timestamp: z.string(), body: z.string() }) });

/** Signs a body; the text that is signed is told by what the signature is over. */
export function sign({ world, happening }: Stage, { sign: { timestamp, body } }: z.output<typeof signForm>): void {
  happening.facts['signature'] = slackSignature(world.app.signingSecret, timestamp, Buffer.from(body));
  happening.facts['signature_base'] = `v0:${timestamp}:${body}`;
}
