import { BadRequestError } from '../platform/errors.ts';

/** What an SDK sends: a header, and items each with a header of its own. */
export interface Envelope {
  /** 32 lower-case hexadecimal digits, without the dashes that some clients write. */
  readonly eventId: string | undefined;
  readonly items: readonly EnvelopeItem[];
}

/** One item; what its payload means depends on its type. */
export interface EnvelopeItem {
  readonly type: string;
  readonly payload: Buffer;
}

const newline = 0x0a;

/**
 * Reads an envelope: a line of JSON, then for each item a line of JSON and its payload, which has the `length` that the
 * item's header tells or, without one, ends at the next newline.
 * @throws BadRequestError that says what is wrong with which item.
 */
export function readEnvelope(body: Buffer): Envelope {
  const lines = new EnvelopeCursor(body);
  const header = jsonObject(lines.line(), 'The envelope does not begin with a header: a line that is a JSON object.');
  const items: EnvelopeItem[] = [];
  let isLastUntold = false;
  while (lines.skipEmptyLines()) {
    const number = items.length + 1;
    const { type, length } = jsonObject(lines.line(), headerMissing(number, isLastUntold));
    if (typeof type !== 'string' || type === '') throw new BadRequestError(`Item ${number} has no type.`);
    isLastUntold = length === undefined;
    items.push({ type, payload: length === undefined ? lines.line() : lines.bytes(length, number) });
  }
  return { eventId: eventIdOf(header['event_id']), items };
}

/** A payload of many lines without its length is what most often makes its second line look like a header. */
function headerMissing(number: number, isLastUntold: boolean): string {
  const hint = isLastUntold
    ? ` If the payload of item ${number - 1} has line breaks, its header has to tell its "length" in bytes.`
    : '';
  return `The header of item ${number} is not a line with a JSON object.${hint}`;
}

/** Goes through the body once, from front to back. */
class EnvelopeCursor {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  /** The bytes up to the next newline, which is passed, or up to the end. */
  line(): Buffer {
    const end = this.#body.indexOf(newline, this.#at);
    const line = this.#body.subarray(this.#at, end === -1 ? undefined : end);
    this.#at = end === -1 ? this.#body.length : end + 1;
    return line;
  }

  /** Exactly so many bytes and the newline after them. @throws BadRequestError when they are not there. */
  bytes(length: unknown, item: number): Buffer {
    if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) {
      throw new BadRequestError(`The length of item ${item} is not a number of bytes.`);
    }
    const end = this.#at + length;
    if (end > this.#body.length) throw new BadRequestError(`Item ${item} is shorter than the length that it tells.`);
    if (end < this.#body.length && this.#body[end] !== newline) {
      throw new BadRequestError(`Item ${item} is longer than the length that it tells.`);
    }
    const bytes = this.#body.subarray(this.#at, end);
    this.#at = end + 1;
    return bytes;
  }

  /** Whether anything but newlines is left. */
  skipEmptyLines(): boolean {
    while (this.#body[this.#at] === newline) this.#at += 1;
    return this.#at < this.#body.length;
  }
}

function jsonObject(line: Buffer, otherwise: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw new BadRequestError(otherwise, { cause });
  }
  throw new BadRequestError(otherwise);
}

function eventIdOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const digits = typeof value === 'string' ? value.replaceAll('-', '').toLowerCase() : '';
  if (!/^[0-9a-f]{32}$/u.test(digits)) {
    throw new BadRequestError('The event_id in the header of the envelope is not a UUID.');
  }
  return digits;
}
