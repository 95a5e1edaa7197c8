import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acme, acmeStandIn, type ListeningStandIn, listenAcme } from '../acme.fixture.ts';

const channel = 'C0ALERTS01';
let slack: ListeningStandIn;
beforeEach(async () => {
  slack = await listenAcme();
});
afterEach(() => slack.close());

const error = (code: string) => expect.objectContaining({ data: expect.objectContaining({ error: code }) });
const chat = () => slack.client().chat;

async function posted(text = 'hello'): Promise<string> {
  const { ts } = await chat().postMessage({ channel, text });
  if (ts === undefined) throw new Error('a message without ts');
  return ts;
}

/** Posts without Slack's client, which would not send some of this. */
async function post(args: object): Promise<unknown> {
  const answer = await acmeStandIn().fetch(
    new Request('http://slack.test/__local/slack/api/chat.postMessage', {
      method: 'POST',
      headers: { authorization: `Bearer ${acme.botToken}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel, ...args }),
    }),
  );
  return answer.json();
}

const divider = { type: 'divider' };
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('chat.postMessage refuses', () => {
  test.each<[string, object, string]>([
    ['an unknown channel', { channel: 'C0NOWHERE1', text: 'x' }, 'channel_not_found'],
    ['a private channel without the bot', { channel: 'C0SECRET01', text: 'x' }, 'channel_not_found'],
    ['a channel without the bot', { channel: 'C0OUTSIDE1', text: 'x' }, 'not_in_channel'],
    ['an archived channel', { channel: 'C0OLD00001', text: 'x' }, 'is_archived'],
    ['nothing at all', {}, 'no_text'],
    ['white space', { text: ' \n' }, 'no_text'],
    ['empty lists', { blocks: [], attachments: [] }, 'no_text'],
    ['an empty attachment', { attachments: [{}] }, 'no_text'],
    ['too much text', { text: 'a'.repeat(40_001) }, 'msg_too_long'],
    [
      'too much in all blocks',
      { blocks: Array.from({ length: 5 }, () => section('a'.repeat(2_700))) },
      'msg_blocks_too_long',
    ],
    ['blocks that are no list', { blocks: { blocks: [] } }, 'invalid_blocks_format'],
    ['blocks that are no JSON', { blocks: '[' }, 'invalid_blocks_format'],
    ['a block that is wrong', { blocks: [{ type: 'header' }] }, 'invalid_blocks'],
    [
      'a file that is not there',
      { blocks: [{ type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }] },
      'invalid_blocks',
    ],
    ['101 attachments', { attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) }, 'too_many_attachments'],
    ['a colour that is none', { attachments: [{ color: 'reddish', text: 'x' }] }, 'invalid_attachments'],
    ['text beside blocks', { attachments: [{ blocks: [divider], text: 'x' }] }, 'invalid_attachments'],
    ['a wrong block in an attachment', { attachments: [{ blocks: [{ type: 'header' }] }] }, 'invalid_attachments'],
    ['a thread that is no ts', { text: 'x', thread_ts: 'first' }, 'invalid_thread_ts'],
    ['an empty thread', { text: 'x', thread_ts: '' }, 'invalid_thread_ts'],
    ['metadata without a type', { text: 'x', metadata: { event_payload: {} } }, 'invalid_metadata_format'],
  ])('%s', async (_, args, code) => {
    expect(await post(args)).toMatchObject({ ok: false, error: code });
  });

  test('and says where a block is wrong', async () => {
    const where = 'a required field is missing: text [json-pointer:/attachments/1/blocks/0]';
    expect(
      await post({ attachments: [{ color: 'good', blocks: [divider] }, { blocks: [{ type: 'header' }] }] }),
    ).toEqual({
      ok: false,
      error: 'invalid_attachments',
      errors: [where],
      response_metadata: { messages: [`[ERROR] ${where}`] },
    });
  });
});

test.each([
  ['everything near the size of a message', { blocks: Array.from({ length: 4 }, () => section('a'.repeat(2_900))) }],
  ['100 attachments', { attachments: Array.from({ length: 100 }, () => ({ text: 'x' })) }],
  ['blocks beside a colour', { attachments: [{ color: '#E01E5A', fallback: 'x', blocks: [divider] }] }],
  ['a thread of no known message', { text: 'x', thread_ts: '1700000000.000100' }],
])('chat.postMessage takes %s', async (_, args) => {
  expect(await post(args)).toMatchObject({ ok: true, channel });
});

describe('chat.update', () => {
  test('a new text alone keeps blocks, attachments and metadata; empty ones take them away', async () => {
    const metadata = { event_type: 'incident', event_payload: { id: '7' } };
    const attachments = [{ color: 'good', text: 'x' }];
    const { ts = '' } = await chat().postMessage({ channel, text: 'a', blocks: [divider], attachments, metadata });
    await chat().update({ channel, ts, text: 'b' });
    expect(slack.standIn.messages()).toMatchObject([{ text: 'b', blocks: [divider], attachments, metadata }]);
    const nothing = { blocks: [], attachments: [], metadata: {} } as unknown as { blocks: [] };
    await chat().update({ channel, ts, text: 'c', ...nothing });
    const [message] = slack.standIn.messages();
    expect(new Set(Object.keys(message ?? {}))).toEqual(new Set(['channel', 'edited', 'text', 'ts']));
  });

  test('refuses what is missing, too long, or seen by one person alone', async () => {
    const ts = await posted();
    const { message_ts = '' } = await chat().postEphemeral({ channel, user: 'U0OLIVIA01', text: 'x' });
    await expect(chat().update({ channel, ts: '1700000000.000100', text: 'x' })).rejects.toEqual(
      error('message_not_found'),
    );
    await expect(chat().update({ channel, ts: message_ts, text: 'x' })).rejects.toEqual(error('message_not_found'));
    await expect(chat().update({ channel, ts, text: 'a'.repeat(4_001) })).rejects.toEqual(error('msg_too_long'));
    await expect(chat().update({ channel, ts, text: '' })).rejects.toEqual(error('no_text'));
    await expect(chat().update({ channel: '#alerts', ts, text: 'x' })).rejects.toEqual(error('channel_not_found'));
  });
});

test('chat.delete takes a message away and leaves its thread', async () => {
  const ts = await posted('first');
  await chat().postMessage({ channel, thread_ts: ts, text: 'reply' });
  expect(await chat().delete({ channel, ts })).toMatchObject({ ok: true, channel, ts });
  expect(slack.standIn.messages().map(({ text }) => text)).toEqual(['reply']);
  await expect(chat().delete({ channel, ts })).rejects.toEqual(error('message_not_found'));
});

test('chat.postEphemeral refuses a person who is not there', async () => {
  const args = { channel, user: 'U0NOBODY01', text: 'x' };
  await expect(chat().postEphemeral(args)).rejects.toEqual(error('user_not_in_channel'));
});

test('chat.getPermalink leads to the message on the page', async () => {
  const ts = await posted();
  const { permalink = '' } = await chat().getPermalink({ channel, message_ts: ts });
  const answer = await fetch(permalink, { redirect: 'manual' });
  expect(answer.headers.get('location')).toBe(`/__local/?team=T0ACME001&channel=${channel}#m-${ts}`);
  await expect(chat().getPermalink({ channel, message_ts: '1700000000.000100' })).rejects.toEqual(
    error('message_not_found'),
  );
});

describe('chat.unfurl', () => {
  const url = 'https://postflow.example/alerts/1?a=1&b=2';

  test('adds an attachment to a link, and changes it the second time', async () => {
    const ts = await posted('See https://postflow.example/alerts/1?a=1&amp;b=2');
    for (const title of ['Old', 'New']) await chat().unfurl({ channel, ts, unfurls: { [url]: { title } } });
    expect(slack.standIn.messages()[0]?.attachments).toEqual([{ title: 'New', from_url: url, is_app_unfurl: true }]);
  });

  test('refuses a link that the message does not have, and a message that does not exist', async () => {
    const ts = await posted();
    const unfurls = { [url]: { text: 'x' } };
    await expect(chat().unfurl({ channel, ts, unfurls })).rejects.toEqual(error('cannot_unfurl_message'));
    const missing = { channel, ts: '1700000000.000100', unfurls };
    await expect(chat().unfurl(missing)).rejects.toEqual(error('cannot_find_message'));
    await expect(chat().unfurl({ ...missing, channel: 'C0NOWHERE1' })).rejects.toEqual(error('cannot_find_channel'));
  });
});
