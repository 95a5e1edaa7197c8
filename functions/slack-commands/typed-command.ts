import * as z from 'zod';
import type { TypedCommand } from '../../lib/slack/index.ts';
import type { HttpRequest } from '../middleware/http-request.ts';

/** Slack's ids are short; a longer one would not fit into a key. */
const teamId = z.string().max(64);

/** What somebody typed, and where; a check of our certificate has none of it. */
export const commandForm = z
  .looseObject({
    team_id: teamId,
    text: z.string().default(''),
    user_id: z.string().optional(),
    channel_id: z.string().optional(),
    channel_name: z.string().optional(),
    response_url: z.string().optional(),
  })
  .optional();

/** The command that such a form sends. */
export function typedCommand(sent: NonNullable<z.infer<typeof commandForm>>): TypedCommand {
  return {
    teamId: sent.team_id,
    text: sent.text,
    slackUserId: sent.user_id,
    channelId: sent.channel_id,
    channelName: sent.channel_name,
    responseUrl: sent.response_url,
  };
}

/**
 * Now and then Slack asks whether our certificate is valid, without signing that: it is told yes, and nothing is done.
 * Source: https://docs.slack.dev/interactivity/implementing-slash-commands
 */
export function isCertificateCheck({ method, body }: HttpRequest): boolean {
  return method === 'POST' && body.toString('latin1').split('&').includes('ssl_check=1');
}
