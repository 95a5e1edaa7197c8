import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Queue } from '../../platform/queue.ts';
import type { RuleCaller } from '../rules/resolve-rule.ts';
import type { DigestJob } from './digest-job.ts';
import { serializeSending } from './digest-json.ts';
import { beginSending } from './digest-sending-store.ts';
import { requireReachedDigest } from './reached-digest.ts';

const minuteMs = 60_000;

/** What asking for a digest needs of the outside world. */
export type RequestDigestApp = Pick<App, 'table' | 'clock'> & { readonly charts: Queue<DigestJob> };

/**
 * Has a digest sent now, beside its schedule; within a minute once, however often somebody asks.
 * @throws NotFoundError, UnauthenticatedError, UnavailableError when the queue does not take it: asking again is right
 */
export async function requestDigest(
  app: RequestDigestApp,
  wanted: { readonly caller: RuleCaller; readonly digestId: string },
) {
  const { digest } = await requireReachedDigest(app, wanted);
  const nowMs = app.clock.now();
  const requestedAt = isoTime(Math.floor(nowMs / minuteMs) * minuteMs);
  const at = { digestId: digest.id, scheduledAt: requestedAt, reason: 'request' } as const;
  const sending = await beginSending(app, at, isoTime(nowMs));
  if (sending.state === 'pending') {
    const { id: digestId, organization } = digest;
    await app.charts.send([{ kind: 'digest', organization, digestId, requestedAt }]);
  }
  return serializeSending(sending);
}
