import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeError, jsonLog, scrub } from './log.ts';

afterEach(() => vi.restoreAllMocks());

describe('the log', () => {
  it.each([
    ['ada@acme.example said no', '[address] said no'],
    ['token xoxb-12345-abc expired', 'token [secret] expired'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [secret]'],
    ['v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503', '[secret]'],
    ['sntrys_eyJpYXQiOjF9_abcdef', '[secret]'],
    [`hash ${'0f'.repeat(32)}`, 'hash [hash]'],
    ['42 points of project 4507764945387520', '42 points of project 4507764945387520'],
  ])('scrubs %j', (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  it('writes one JSON object a line, with what the line is about, causes and no address', () => {
    const written: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((line) => {
        written.push(String(line));
        return true;
      });
    }
    const log = jsonLog();
    log.about({ requestId: 'r-1', organization: 'acme' });
    log.info('answered', { status: 201 });
    log.error('failed', new Error('no row for mia@acme.example', { cause: new TypeError('Bearer s3cret') }));
    log.about({ requestId: 'r-2' });
    log.info('next');
    vi.restoreAllMocks();
    const lines = written.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ message: 'answered', requestId: 'r-1', organization: 'acme', status: 201 });
    expect(lines[1]).toMatchObject({
      failure: { message: 'no row for [address]', cause: { name: 'TypeError', message: 'Bearer [secret]' } },
    });
    expect(lines[2]).toMatchObject({ message: 'next', requestId: 'r-2' });
    expect(lines[2]).not.toHaveProperty('organization');
    expect(written.join()).not.toMatch(/mia@|s3cret/);
  });

  it('describes what is no error, and stops at endless causes', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(describeError('plain text')).toEqual({ name: 'string', message: 'plain text' });
    expect(JSON.stringify(describeError(loop))).toContain('loop');
  });
});
