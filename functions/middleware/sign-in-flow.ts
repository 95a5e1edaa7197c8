import * as z from 'zod';
import { epochSeconds } from '../../lib/platform/clock.ts';
import { readSignedText, signText } from '../../lib/platform/signed-text.ts';
import { readCookie, readCookies, setCookie } from './cookies.ts';
import type { HttpRequest } from './http-request.ts';
import type { SessionApp } from './session.ts';

/** Enough for finding a password; a code that comes back later was not fetched by the same person in one go. */
const flowLifetimeSeconds = 10 * 60;

/** All headers of a request may have 10,240 bytes at API Gateway; the newest flows get this much of them. */
const mostBytesOfFlows = 4_000;

const purpose = 'sign-in';
const namePrefix = 'postflow-sign-in-';

const flowSchema = z.object({
  transaction: z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string().optional() }),
  /** Where to go afterwards: a path of ours. */
  next: z.string(),
  startedAtSeconds: z.int(),
});

/**
 * A sign-in that has begun in this browser. Each has a cookie of its own, named by its state, so that several tabs can sign
 * in at once, and an answer that was asked for by another browser finds none.
 */
export type SignInFlow = z.infer<typeof flowSchema>;

/** The `Set-Cookie` headers that begin a sign-in, and forget the oldest ones when there have been many. */
export function beginFlow(app: SessionApp, request: HttpRequest, flow: Omit<SignInFlow, 'startedAtSeconds'>): string[] {
  const text = JSON.stringify({ ...flow, startedAtSeconds: epochSeconds(app.clock) } satisfies SignInFlow);
  const value = signText(text, { key: app.linkSigningKey, purpose });
  const begun = setCookie(app, { name: nameOf(flow.transaction.state), value, maxAgeSeconds: flowLifetimeSeconds });
  return [begun, ...tooMany(app, request).map((name) => forget(app, name))];
}

/** The sign-in that an answer with this state belongs to, if it began in this browser, not long ago. */
export function readFlow(app: SessionApp, request: HttpRequest, state: string): SignInFlow | undefined {
  const flow = flowIn(app, readCookie(app, request, nameOf(state)));
  return flow?.transaction.state === state ? flow : undefined;
}

/** The `Set-Cookie` header that ends a sign-in. */
export function endFlow(app: SessionApp, { transaction }: SignInFlow): string {
  return forget(app, nameOf(transaction.state));
}

function tooMany(app: SessionApp, request: HttpRequest): string[] {
  const begun = [...readCookies(app, request, namePrefix)]
    .map(([name, value]) => ({ name, bytes: value.length, at: flowIn(app, value)?.startedAtSeconds ?? 0 }))
    .sort((one, other) => other.at - one.at);
  let bytes = 0;
  return begun.flatMap((flow) => {
    bytes += flow.bytes;
    return flow.at === 0 || bytes > mostBytesOfFlows ? [`${namePrefix}${flow.name}`] : [];
  });
}

function flowIn(app: SessionApp, value: string | undefined): SignInFlow | undefined {
  const text = value === undefined ? undefined : readSignedText(value, { key: app.linkSigningKey, purpose });
  const flow = text === undefined ? undefined : flowSchema.safeParse(JSON.parse(text)).data;
  if (flow === undefined || epochSeconds(app.clock) > flow.startedAtSeconds + flowLifetimeSeconds) return undefined;
  return flow;
}

/** States are long; a part of one tells the few flows of a browser apart. */
function nameOf(state: string): string {
  return `${namePrefix}${state.slice(0, 16).replace(/[^\w-]/g, '')}`;
}

function forget(app: SessionApp, name: string): string {
  return setCookie(app, { name, value: '', maxAgeSeconds: 0 });
}
