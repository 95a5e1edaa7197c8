import { randomBytes } from 'node:crypto';
import { readResponse, showResponse } from './app-response.ts';
import { type AppReply, callApp } from './call-app.ts';
import { CallArguments } from './call-arguments.ts';
import type { StandInMessage } from './message-store.ts';
import { commandNotices as notices } from './notices.ts';
import { Refusal } from './refusal.ts';
import type { ResponseTarget } from './response-urls.ts';
import { post, type SlackState } from './state.ts';

/** A command as a person gives it; `text` may stand with or without the command's own name in front. */
export interface CommandInput extends ResponseTarget {
  readonly text: string;
  /** Where the stand-in is reached, for the response_url. */
  readonly origin: string;
}

/** What came of a command, as `POST /__local/slack/command` answers. */
export interface CommandOutcome {
  readonly ok: boolean;
  /** The HTTP status of the app's answer; null when none came. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly error?: keyof typeof notices;
  /** What the person sees now, if the app said anything or Slack tells of a failure. */
  readonly message?: StandInMessage;
}

/** Sends a command to the app, signed as Slack signs, and shows the answer. */
export async function sendCommand(state: SlackState, command: string, input: CommandInput): Promise<CommandOutcome> {
  const responseId = state.responseUrls.create(input);
  const call = await callApp(state, {
    url: state.app.commandUrl(),
    body: commandForm(command, input, responseId).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const { durationMs } = call;
  if ('failure' in call) {
    const error = call.failure === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
    const seconds = state.app.timeoutMs / 1000;
    return tell(state, input, { ok: false, status: null, durationMs, error }, notices[error](command, seconds));
  }
  const { reply } = call;
  const { status } = reply;
  const failed = { ok: false, status, durationMs } as const;
  if (status !== 200) {
    return tell(state, input, { ...failed, error: 'http_service_error' }, notices.http_service_error(command, status));
  }
  if (reply.body.trim() === '') return { ok: true, status, durationMs };
  try {
    const stored = showResponse(state, input, readReply(reply));
    state.responseUrls.setOriginal(responseId, stored?.message.ts);
    return { ok: true, status, durationMs, ...(stored !== undefined && { message: stored.message }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, problems } = error;
    state.refusals.add({ at: state.clock(), what: `the answer to ${command}`, error: code, problems });
    const notice = notices.invalid_command_response(command, code);
    return tell(state, input, { ...failed, error: 'invalid_command_response' }, notice);
  }
}

function commandForm(command: string, input: CommandInput, responseId: string): URLSearchParams {
  const { workspace, user, origin } = input;
  const conversation = workspace.conversation(input.channel);
  const person = workspace.user(user);
  const words = input.text.trim();
  const named = words === command || words.startsWith(`${command} `);
  return new URLSearchParams({
    token: 'local-verification-token',
    team_id: workspace.teamId,
    team_domain: workspace.domain,
    channel_id: input.channel,
    channel_name: conversation?.name ?? '',
    user_id: user,
    user_name: person?.email.split('@')[0] ?? '',
    command,
    text: named ? words.slice(command.length).trim() : words,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: `${origin}/__local/slack/response/${responseId}`,
    trigger_id: `${Date.now()}.${randomBytes(6).readUIntBE(0, 6)}.${randomBytes(16).toString('hex')}`,
  });
}

function readReply({ contentType, body }: AppReply): CallArguments {
  return contentType.includes('json') ? readResponse(body) : new CallArguments([['text', body]]);
}

/** Tells the person what went wrong, as Slack does: in a message that only they see. */
function tell(
  state: SlackState,
  { workspace, channel, user }: CommandInput,
  outcome: CommandOutcome,
  text: string,
): CommandOutcome {
  const conversation = workspace.conversation(channel);
  if (conversation === undefined) return outcome;
  const stored = post(state, workspace, { text }, { conversation, ephemeralFor: user, author: { kind: 'slack' } });
  return { ...outcome, message: stored.message };
}
