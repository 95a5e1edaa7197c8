import { RefusalError } from '../../lib/platform/errors.ts';

/** What a page says that refuses something, in words made for this one situation. */
export interface PageRefusalWords {
  /** Stable; counters end with it. */
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly texts: readonly string[];
  /** What to do next, as a button that leads there. */
  readonly wayOn?: { readonly text: string; readonly url: string };
  /** Sent along with the page. */
  readonly cookies?: readonly string[];
}

/** Thrown where a page is to say more than why: what it is called, and the way on. */
export class PageRefusal extends RefusalError {
  readonly code: string;
  readonly status: number;
  readonly words: PageRefusalWords;

  constructor(words: PageRefusalWords, options?: ErrorOptions) {
    super(words.texts.join(' '), options);
    this.code = words.code;
    this.status = words.status;
    this.words = words;
  }
}
