import { Refusal } from './refusal.ts';

/** The arguments of a Web API call, however they came. */
export class CallArguments {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: Iterable<readonly [string, unknown]>) {
    this.#values = new Map(values);
  }

  has(name: string): boolean {
    const value = this.#values.get(name);
    return value !== undefined && value !== null;
  }

  /** A text; numbers and true or false become text, as they are in a form. */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  /** A text that must be there. Throws `invalid_arguments`. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') {
      throw new Refusal('invalid_arguments', [`a required field is missing: ${name}`]);
    }
    return value;
  }

  flag(name: string): boolean {
    return ['1', 'true'].includes(this.text(name) ?? '');
  }

  /** A whole number from 1 to `max`; anything else is `fallback`. */
  count(name: string, fallback: number, max: number): number {
    const value = Number(this.text(name));
    return Number.isInteger(value) && value >= 1 ? Math.min(value, max) : fallback;
  }

  /** A structure; in a form it is JSON in a text. Throws the given refusal when that cannot be read. */
  structure(name: string, refusal: string): unknown {
    const value = this.#values.get(name);
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw new Refusal(refusal);
    }
  }
}

/** A Web API call as it came in, before anything about it was judged. */
export interface ReadCall {
  readonly args: CallArguments;
  readonly token: string | undefined;
  /** JSON without a charset is answered with a warning, as Slack does. */
  readonly warning: string | undefined;
}

/** Reads a call from query, form or JSON. JSON is ignored where Slack reads forms only (`acceptsJson` false). */
export async function readCall(request: Request, acceptsJson: boolean): Promise<ReadCall> {
  const query = [...new URL(request.url).searchParams];
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const contentType = request.headers.get('content-type') ?? '';
  if (contentType.startsWith('application/json')) {
    const body = acceptsJson ? readJsonObject(await request.text()) : [];
    const warning = contentType.includes('charset') ? undefined : 'missing_charset';
    // A token inside JSON does not count: with JSON it has to come in the header.
    return { args: new CallArguments([...query, ...body]), token: bearer, warning };
  }
  const args = new CallArguments([...query, ...(await readForm(request, contentType))]);
  return { args, token: bearer ?? args.text('token'), warning: undefined };
}

function readJsonObject(text: string): [string, unknown][] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('invalid_json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('json_not_object');
  return Object.entries(value);
}

async function readForm(request: Request, contentType: string): Promise<[string, unknown][]> {
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return [...new URLSearchParams(await request.text())];
  }
  if (contentType.startsWith('multipart/form-data')) {
    const form = await request.formData().catch(() => {
      throw new Refusal('invalid_form_data');
    });
    return [...form];
  }
  const body = await request.text();
  if (body === '') return [];
  throw new Refusal(contentType === '' ? 'missing_post_type' : 'invalid_post_type');
}
