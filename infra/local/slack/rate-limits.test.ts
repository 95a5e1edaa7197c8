import { expect, test } from 'vitest';
import { acme, acmeStandIn, noon } from './acme.fixture.ts';

function poster(clock: () => number) {
  const standIn = acmeStandIn({ clock });
  return async (channel: string) => {
    const answer = await standIn.fetch(
      new Request('http://slack.test/__local/slack/api/chat.postMessage', {
        method: 'POST',
        headers: { authorization: `Bearer ${acme.botToken}` },
        body: new URLSearchParams({ channel, text: 'hello' }),
      }),
    );
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() };
  };
}

test('a burst above one message a second in a channel is told when to come back', async () => {
  let now = noon;
  const post = poster(() => now);
  for (let sent = 0; sent < 5; sent += 1) expect((await post('C0ALERTS01')).status).toBe(200);
  const tooSoon = { status: 429, retryAfter: '1', body: { ok: false, error: 'ratelimited' } };
  expect(await post('C0ALERTS01')).toEqual(tooSoon);
  // The name of the channel is the same channel, another channel has an allowance of its own.
  expect(await post('#alerts')).toEqual(tooSoon);
  expect((await post('C0GENERAL1')).status).toBe(200);
  now += 999;
  expect((await post('C0ALERTS01')).status).toBe(429);
  now += 1;
  expect((await post('C0ALERTS01')).status).toBe(200);
  expect((await post('C0ALERTS01')).status).toBe(429);
});
