import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { majors, type Running, runCli, succeed } from './command-line.ts';

/** The commands that send envelopes, and those for what we do not do. */
export function describeEnvelopes(running: Running): void {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'postflow-envelopes-'));
    writeFileSync(join(folder, 'app.js'), 'console.log(1);\n//# sourceMappingURL=app.js.map\n');
    writeFileSync(join(folder, 'app.js.map'), '{"version":3,"sources":["app.ts"],"names":[],"mappings":"AAAA"}');
    writeFileSync(join(folder, 'session.envelope'), envelope);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const dsn = () => ({ SENTRY_DSN: running().projects[0]?.dsn ?? '' });

  describe.each(majors)('envelopes of %i.x', (major) => {
    it('are taken', async () => {
      const event = await succeed(running(), major, ['send-event', '-m', 'Hello ü', '-r', 'x@1', '-t', 'a:b'], dsn());
      expect(event).toMatch(/Event dispatched/);
      const sent = await succeed(running(), major, ['send-envelope', join(folder, 'session.envelope')], dsn());
      expect(sent).toMatch(/Envelope .* dispatched/);
    });

    it('are refused with a key that nobody has', async () => {
      const strange = { SENTRY_DSN: dsn().SENTRY_DSN.replace(/\/\/[0-9a-f]+@/, `//${'0'.repeat(32)}@`) };
      const { code, output } = await runCli(running(), major, ['send-event', '-m', 'Hello'], strange);
      expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/40[13]/) });
    });

    it.each([
      [['monitors', 'list'], /resource not found/],
      [['sourcemaps', 'upload', '-r', 'x@1', '-p', 'web'], /organization not found|Release not found/],
    ])('end in a clear text for what is not served: %j', async (args, text) => {
      const all = args[0] === 'sourcemaps' ? [...args, folder] : args;
      const { code, output } = await runCli(running(), major, all);
      expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(text) });
      expect(output).not.toMatch(/panicked|internal error/i);
    });
  });
}

const session = JSON.stringify({
  sid: '7c7b6585-f901-4351-bf8d-02711b721929',
  init: true,
  started: '2026-03-02T09:00:00Z',
  status: 'ok',
  errors: 0,
  attrs: { release: 'x@1', environment: 'production' },
});
const envelope = `{}\n{"type":"session","length":${session.length}}\n${session}\n`;
