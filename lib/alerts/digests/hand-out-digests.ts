import type { App } from '../../platform/app.ts';
import type { Queue } from '../../platform/queue.ts';
import type { DigestJob } from './digest-job.ts';
import { loadDueDigests } from './digest-store.ts';

/** So long the last points before its time take until they are counted. */
const delaySeconds = 30;

/** What handing out digests needs of the outside world. */
export type HandOutApp = Pick<App, 'table'> & { readonly charts: Queue<DigestJob> };

/**
 * Hands every digest that is due at this time (ISO) to the charts queue, and says how many. It changes nothing itself: a digest is
 * due until it was dealt with, so that a message that is lost is sent again a minute later, and one too many does nothing.
 */
export async function handOutDigests({ table, charts }: HandOutApp, time: string): Promise<number> {
  const due = await loadDueDigests({ table }, time);
  const jobs = due.map(({ organization, id }) => ({ kind: 'digest', organization, digestId: id }) as const);
  if (jobs.length > 0) await charts.send(jobs, { delaySeconds });
  return due.length;
}
