import type { App } from '../platform/app.ts';
import { epochSeconds } from '../platform/clock.ts';
import { SealBrokenError } from '../platform/encryption.ts';
import { AddressRefusedError, type OutsideAnswer, type PostOutside } from '../platform/post-outside.ts';
import { findProject } from '../projects/index.ts';
import type { Destination } from './destination.ts';
import { messages } from './messages.ts';
import type { Notification } from './notification-store.ts';
import { deliveryId, webhookBody, webhookSignature } from './webhook-message.ts';
import { openWebhookSecret, type SecretKey } from './webhook-secret.ts';

/** What calling webhooks needs of the outside world. */
export type WebhookApp = Pick<App, 'table' | 'clock'> &
  SecretKey & {
    readonly publicUrl: string;
    /** Calls the address of a webhook. */
    readonly post: PostOutside;
  };

/** How a webhook took it. */
export type WebhookOutcome =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string }
  | { readonly outcome: 'later'; readonly afterSeconds: number };

const timeoutMs = 8_000;
/** The first pause; each is twice as long as the one before. */
const firstPauseSeconds = 30;
const longestPauseSeconds = 3_600;

/**
 * Tells a webhook, with a signature. What it refuses for good is not sent again; for everything else it is tried again,
 * with pauses that grow. It may come twice, then under the same id.
 */
export async function deliverWebhook(
  app: WebhookApp,
  notification: Notification,
  { url, sealedSecret }: Extract<Destination, { readonly kind: 'webhook' }>,
): Promise<WebhookOutcome> {
  const { organization, subject } = notification;
  const project = await findProject(app, organization, subject.projectId);
  const about = { publicUrl: app.publicUrl, project: project?.slug ?? subject.projectId, nowMs: app.clock.now() };
  const body = webhookBody(about, notification);
  try {
    const signature = webhookSignature(openWebhookSecret(app, url, sealedSecret), epochSeconds(app.clock), body);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'postflow',
      'postflow-delivery': deliveryId(notification),
      'postflow-signature': signature,
    };
    return outcomeOf(await app.post({ url, headers, body, timeoutMs }), notification);
  } catch (error) {
    if (error instanceof AddressRefusedError) return refused('webhook_address', messages.webhookAddress);
    if (error instanceof SealBrokenError) return refused('webhook_secret', messages.webhookSecret);
    return { outcome: 'later', afterSeconds: pauseOf(notification) };
  }
}

function outcomeOf({ status, retryAfterSeconds }: OutsideAnswer, notification: Notification): WebhookOutcome {
  if (status >= 200 && status < 300) return { outcome: 'taken' };
  const isForGood = status < 500 && status !== 408 && status !== 429;
  if (isForGood) return refused('webhook_refused', messages.webhookRefused(status));
  const afterSeconds = Math.min(retryAfterSeconds ?? pauseOf(notification), longestPauseSeconds);
  return { outcome: 'later', afterSeconds };
}

function pauseOf({ attempts }: Notification): number {
  return Math.min(firstPauseSeconds * 2 ** Math.max(0, attempts - 1), longestPauseSeconds);
}

function refused(code: string, detail: string): WebhookOutcome {
  return { outcome: 'refused', code, detail };
}
