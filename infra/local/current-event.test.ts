import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { currentEvent } from './current-event.ts';

const local = {
  token: 'a-token-of-this-stack',
  slack: { signingSecret: 'hush', teamId: 'T1', botUserId: 'U1', channels: [] },
};
const now = 1_800_000_000;

const stored = (name: string): { headers: Record<string, string>; multiValueHeaders: unknown; body: string } =>
  JSON.parse(readFileSync(new URL(`../../events/${name}.json`, import.meta.url), 'utf8'));

describe('a stored event that is sent to the running stack', () => {
  it('is signed now, over its bytes', () => {
    for (const name of ['slack-commands/help', 'slack-commands/base64-body']) {
      const event = stored(name);
      const bytes = Buffer.from(event.body, name.endsWith('base64-body') ? 'base64' : 'utf8');
      const signature = `v0=${createHmac('sha256', 'hush').update(`v0:${now}:`).update(bytes).digest('hex')}`;
      expect(currentEvent(event, local, now)).toMatchObject({
        headers: { 'X-Slack-Signature': signature },
        multiValueHeaders: { 'X-Slack-Signature': [signature], 'X-Slack-Request-Timestamp': [String(now)] },
        body: event.body,
      });
    }
  });

  it('has a token that the stack knows', () => {
    expect(currentEvent(stored('create-release/archived'), local, now)).toMatchObject({
      headers: { Authorization: `Bearer ${local.token}` },
      multiValueHeaders: { Authorization: [`Bearer ${local.token}`] },
    });
  });

  it('stays wrong when it is about a wrong signature, and as it is when it is no request', () => {
    const wrong = stored('slack-commands/bad-signature');
    expect(currentEvent(wrong, local, now)).toEqual(wrong);
    expect(currentEvent({ scheduledTime: 'x' }, local, now)).toEqual({ scheduledTime: 'x' });
    expect(currentEvent(null, local, now)).toBeNull();
  });
});
