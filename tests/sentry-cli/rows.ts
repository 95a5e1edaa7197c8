import { expect, it } from 'vitest';
import { api, type Major, majors, type Running, releasePath, runCli, succeed } from './command-line.ts';

/**
 * One command of the real command line. In all its texts `{v}` is a version of its own, `{m}` the client's generation and
 * `{id:web}` the number of a project.
 */
export interface Row {
  readonly what: string;
  readonly args: readonly string[];
  /** Commands that go before it, and succeed. */
  readonly before?: readonly (readonly string[])[];
  readonly version?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whose token; the personal one unless said otherwise. */
  readonly token?: 'token' | 'orgToken' | (() => string);
  readonly only?: Major;
  /** How it ends; 0 unless said otherwise. */
  readonly code?: number;
  readonly prints?: RegExp | string;
  /** What the API says of the release afterwards; a number is the status of a refusal. */
  readonly release?: object | number;
}

/** Walks a table of commands with both generations of the command line. */
export function walk(running: Running, rows: readonly Row[]): void {
  const cases = majors.flatMap((major) =>
    rows.flatMap((row, at) =>
      row.only === undefined || row.only === major ? [[row.what, major, row, `row-${at}`] as const] : [],
    ),
  );
  it.each(cases)('%s (%i.x)', async (_, major, row, name) => {
    const stack = running();
    const version = (row.version ?? `${slugOf(row.what)}-${name}@{m}.0.0`).replaceAll('{m}', String(major));
    const fill = (text: string) =>
      text
        .replaceAll('{v}', version)
        .replaceAll('{m}', String(major))
        .replace(/\{id:(\w+)\}/g, (_found, slug) => stack.projects.find((project) => project.slug === slug)?.id ?? '');
    const { token = 'token' } = row;
    const env = { SENTRY_AUTH_TOKEN: typeof token === 'function' ? token() : stack[token], ...row.env };
    for (const command of row.before ?? []) await succeed(stack, major, command.map(fill));
    const { code, output } = await runCli(stack, major, row.args.map(fill), env);
    expect(code, output).toBe(row.code ?? 0);
    if (row.prints instanceof RegExp) expect(output).toMatch(row.prints);
    else if (row.prints !== undefined) expect(output).toContain(fill(row.prints));
    if (row.release === undefined) return;
    const answer = await api(stack, releasePath(version));
    if (typeof row.release === 'number') expect(answer.status).toBe(row.release);
    else expect(await answer.json()).toMatchObject({ version, ...row.release });
  });
}

const slugOf = (what: string) => what.toLowerCase().replaceAll(/[^a-z]+/g, '-');
