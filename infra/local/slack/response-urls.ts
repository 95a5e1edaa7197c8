import { randomUUID } from 'node:crypto';
import type { Workspace } from './workspace.ts';

const usesAllowed = 5;
const lifetimeMs = 30 * 60 * 1000;

/** What a response_url answers to: a command that a person gave in a conversation. */
export interface ResponseTarget {
  readonly workspace: Workspace;
  readonly channel: string;
  readonly user: string;
}

interface ResponseUrl extends ResponseTarget {
  readonly createdAt: number;
  used: number;
  /** The `ts` of the message that replace_original and delete_original mean. */
  original: string | undefined;
  /** The message whose button was pressed stays the original, whatever is said later. */
  readonly fixed: boolean;
}

/** The response_urls that were given out, each good for five uses within half an hour. */
export class ResponseUrls {
  readonly #clock: () => number;
  readonly #urls = new Map<string, ResponseUrl>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Makes a URL; one of a pressed button names the message that it stands in. */
  create(target: ResponseTarget, original?: string): string {
    const id = randomUUID().replaceAll('-', '');
    this.#urls.set(id, { ...target, createdAt: this.#clock(), used: 0, original, fixed: original !== undefined });
    return id;
  }

  /** Takes one use. The error is Slack's name for why there is none left. */
  use(
    id: string,
  ): { readonly target: ResponseTarget; readonly original: string | undefined } | { readonly error: string } {
    const url = this.#urls.get(id);
    if (url === undefined) return { error: 'invalid_url' };
    if (this.#clock() - url.createdAt > lifetimeMs) return { error: 'expired_url' };
    if (url.used >= usesAllowed) return { error: 'used_url' };
    url.used += 1;
    return { target: url, original: url.original };
  }

  /** Remembers which message the next replace_original or delete_original is about. */
  setOriginal(id: string, ts: string | undefined): void {
    const url = this.#urls.get(id);
    if (url !== undefined && !url.fixed) url.original = ts;
  }
}
