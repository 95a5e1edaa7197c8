import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type AppAddress, callApp, isTaken, problemOf } from '../call-app.ts';
import type { RefusalLog } from '../refusal-log.ts';
import type { Workspace } from '../workspace.ts';

/** One try to hand an event over. */
export interface Attempt {
  /** The HTTP status of the app's answer; null when none came. */
  readonly status: number | null;
  readonly durationMs: number;
  /** Slack's name for what went wrong. */
  readonly error?: string;
  readonly body?: string;
}

/** An event on its way to the app. */
export interface Delivery {
  readonly eventId: string;
  readonly type: string;
  readonly team: string;
  readonly attempts: Attempt[];
  /** Whether it is to be sent again. */
  retrying: boolean;
}

/** A delivery that has been tried once, and when it is over for good. */
export interface Sent {
  readonly first: Promise<Delivery>;
  readonly over: Promise<Delivery>;
}

/** What an event says; Slack wraps it. */
export type SlackEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Seconds before an event is sent again (docs.slack.dev/apis/events-api: nearly at once, after a minute, after five). */
const retryWaitsSeconds: readonly number[] = [0, 60, 300];

const kept = 100;

/** Hands events to the app as Slack does: signed, three seconds for an answer, and three times more when none is good. */
export class EventSender {
  readonly #deliveries: Delivery[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #parts: EventSenderParts;
  #count = 0;

  constructor(parts: EventSenderParts) {
    this.#parts = parts;
  }

  /** Sends an event of a workspace. */
  send(workspace: Workspace, event: SlackEvent): Sent {
    this.#count += 1;
    const eventId = `Ev0${String(this.#count).padStart(4, '0')}${randomBytes(4).toString('hex').toUpperCase()}`;
    const body = JSON.stringify(envelope(workspace, event, eventId, this.#parts.clock()));
    return this.sendBody(body, { eventId, type: event.type, team: workspace.teamId });
  }

  /** Sends any body as if it were an event. */
  sendBody(body: string, about: Pick<Delivery, 'eventId' | 'type' | 'team'>): Sent {
    const delivery: Delivery = { ...about, attempts: [], retrying: false };
    this.#deliveries.push(delivery);
    this.#deliveries.splice(0, this.#deliveries.length - kept);
    const { promise: first, resolve } = Promise.withResolvers<Delivery>();
    const over = this.#deliver(delivery, body, () => resolve(delivery));
    this.#underWay.add(over);
    void over.finally(() => this.#underWay.delete(over));
    return { first, over };
  }

  /** The last deliveries, oldest first. */
  all(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #deliver(delivery: Delivery, body: string, afterFirst: () => void): Promise<Delivery> {
    const { wait, ended } = this.#parts;
    for (let retry = 0; ; retry += 1) {
      const again = await this.#attempt(delivery, body, retry);
      const waitSeconds = again ? retryWaitsSeconds[retry] : undefined;
      delivery.retrying = waitSeconds !== undefined && !ended.aborted;
      afterFirst();
      if (waitSeconds === undefined || ended.aborted) return delivery;
      await wait(waitSeconds);
      delivery.retrying = !ended.aborted;
      if (ended.aborted) return delivery;
    }
  }

  /** Tries once; whether Slack would try again. */
  async #attempt(delivery: Delivery, body: string, retry: number): Promise<boolean> {
    const { app, clock, refusals } = this.#parts;
    const url = app.eventUrl();
    const before = delivery.attempts.at(-1)?.error;
    const call = await callApp(this.#parts, {
      url,
      body,
      headers: {
        'content-type': 'application/json',
        ...(before !== undefined && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': before }),
      },
    });
    if (isTaken(call) && 'reply' in call) {
      const { status, body: said } = call.reply;
      delivery.attempts.push({ status, durationMs: call.durationMs, ...(said !== '' && { body: said }) });
      return false;
    }
    const error = 'reply' in call ? 'http_error' : `${call.failure === 'timeout' ? 'http_timeout' : call.failure}`;
    const status = 'reply' in call ? call.reply.status : null;
    delivery.attempts.push({ status, durationMs: call.durationMs, error });
    const problems = [problemOf(call, url)];
    refusals.add({ at: clock(), what: `the event ${delivery.type}`, error, problems });
    return !('reply' in call && call.reply.noRetry);
  }
}

/** What a sender needs. */
export interface EventSenderParts {
  readonly app: AppAddress;
  readonly clock: () => number;
  readonly refusals: RefusalLog;
  /** Lets Slack's seconds pass. */
  readonly wait: (seconds: number) => Promise<void>;
  readonly ended: AbortSignal;
}

/** Waits that are sixty times shorter than Slack's, and end with the stand-in. */
export function shortWaits(ended: AbortSignal): (seconds: number) => Promise<void> {
  return (seconds) => delay((seconds * 1000) / 60, undefined, { signal: ended, ref: false }).catch(() => undefined);
}

function envelope(workspace: Workspace, event: SlackEvent, eventId: string, now: number) {
  const bot = { user_id: workspace.given.botUserId, is_bot: true };
  return {
    token: 'local-verification-token',
    team_id: workspace.teamId,
    context_team_id: workspace.teamId,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(now / 1000),
    authorizations: [{ enterprise_id: null, team_id: workspace.teamId, ...bot, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: `1-${event.type}-${workspace.teamId}`,
  };
}
