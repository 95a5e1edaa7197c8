import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableDigest } from '../support/table-digest.ts';
import { attacks } from './attacks.ts';
import { send, signedHeaders } from './send.ts';
import { signedDoors } from './signed-doors.ts';
import { createSlackWorld, type SlackDoorApp } from './world.ts';

let app: SlackDoorApp;
let digest: string;
beforeAll(async () => {
  app = await createSlackWorld();
  digest = await tableDigest(app);
});
afterAll(() => app.close());

describe.each(signedDoors)('$name', (door) => {
  const body = door.saying('sing a song');

  it.each(Object.entries(attacks))('refuses %s', async (_, attack) => {
    const { status, body: answer } = await send(app, door, attack(app, body));
    expect(status).toBe(401);
    // Which of the reasons it was is nobody's business.
    expect(answer).toBe('');
    expect(await tableDigest(app)).toBe(digest);
  });

  it.each([0, 1, -1, 299, -299, 300, -300])('takes what was signed %i seconds ago', async (age) => {
    expect(await send(app, door, { headers: signedHeaders(app, body, age), body })).toMatchObject({ status: 200 });
  });

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('takes no %s, however well signed', async (method) => {
    expect(await send(app, door, { method, headers: signedHeaders(app, body), body })).toMatchObject({ status: 405 });
  });

  it('finds headers in any capitalisation', async () => {
    const headers = Object.fromEntries(
      Object.entries(signedHeaders(app, body)).map(([name, value]) => [name.toLowerCase(), value]),
    );
    expect(await send(app, door, { headers, body })).toMatchObject({ status: 200 });
  });

  it('refuses whatever differs from the signed body in one bit', async () => {
    const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(anyText, fc.nat(), fc.nat(7), async (text, place, bit) => {
        const right = door.saying(text);
        const wrong = Buffer.from(right);
        const position = place % wrong.length;
        wrong[position] = (wrong[position] ?? 0) ^ (1 << bit);
        expect(await send(app, door, { headers: signedHeaders(app, right), body: wrong })).toMatchObject({
          status: 401,
        });
      }),
      { numRuns: 50 },
    );
  });

  it.each([true, false])('understands any text that was signed, in base64: %s', async (base64) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...oddTexts), async (text) => {
        const sent = door.saying(text);
        const answer = await send(app, door, { headers: signedHeaders(app, sent), body: sent, base64 });
        expect(answer.status).toBe(200);
        if (door.heard !== undefined) expect(door.heard(answer, app)).toBe(text);
      }),
      { numRuns: oddTexts.length * 3 },
    );
  });
});

/** Texts that get lost where bytes are read in the wrong way, or in the wrong order. */
const oddTexts = [
  'a+b = c%20d',
  'größe 👩‍👩‍👧 ünïcode',
  '100 % sure',
  '%41%zz',
  'a  b\tc',
  'مرحبا',
  '\u00e9 and e\u0301',
  '?x#y;z,/\\',
];
