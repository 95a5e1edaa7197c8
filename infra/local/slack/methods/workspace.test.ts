import type { ConversationsListResponse } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ListeningStandIn, listenAcme } from '../acme.fixture.ts';

const channel = 'C0ALERTS01';
let slack: ListeningStandIn;
beforeEach(async () => {
  slack = await listenAcme();
});
afterEach(() => slack.close());

const error = (code: string) => expect.objectContaining({ data: expect.objectContaining({ error: code }) });

describe('conversations', () => {
  test('the list names the public channels, page by page, and others when asked', async () => {
    const { conversations } = slack.client();
    const names: unknown[] = [];
    for await (const page of slack.client().paginate('conversations.list', { limit: 2 })) {
      names.push(...((page as ConversationsListResponse).channels ?? []).map(({ name }) => name));
    }
    expect(names).toEqual(['alerts', 'general', 'outside', 'old']);
    const { channels = [] } = await conversations.list({ types: 'im,public_channel', exclude_archived: true });
    expect(channels.map(({ id }) => id)).toEqual([channel, 'C0GENERAL1', 'C0OUTSIDE1', 'D0OLIVIA01', 'D0MARCO001']);
  });

  test('the bot posts to a channel once it has joined', async () => {
    const { chat, conversations } = slack.client();
    expect(await conversations.info({ channel: 'C0OUTSIDE1' })).toMatchObject({ channel: { is_member: false } });
    await conversations.join({ channel: 'C0OUTSIDE1' });
    expect(await chat.postMessage({ channel: 'C0OUTSIDE1', text: 'x' })).toMatchObject({ ok: true });
    await expect(conversations.join({ channel: 'C0OLD00001' })).rejects.toEqual(error('is_archived'));
  });

  test('open gives the direct messages with one person', async () => {
    const { conversations } = slack.client();
    expect(await conversations.open({ users: 'U0MARCO001' })).toMatchObject({ channel: { id: 'D0MARCO001' } });
    await expect(conversations.open({ users: 'U0NOBODY01' })).rejects.toEqual(error('user_not_found'));
    await expect(conversations.open({ users: '' })).rejects.toEqual(error('users_list_not_supplied'));
  });
});

describe('history', () => {
  async function thread(): Promise<string[]> {
    const { chat } = slack.client();
    const metadata = { event_type: 'incident', event_payload: { id: '7' } };
    const { ts: first = '' } = await chat.postMessage({ channel, text: 'first', metadata });
    const { ts: second = '' } = await chat.postMessage({ channel, text: 'second' });
    await chat.postMessage({ channel, thread_ts: first, text: 'reply' });
    await chat.postMessage({ channel, thread_ts: first, text: 'loud', reply_broadcast: true });
    await chat.postEphemeral({ channel, user: 'U0OLIVIA01', text: 'secret' });
    return [first, second];
  }

  test('shows the channel newest first, without replies and what one person sees', async () => {
    const [first = '', second = ''] = await thread();
    const { conversations } = slack.client();
    const { messages = [] } = await conversations.history({ channel, include_all_metadata: true });
    expect(messages.map(({ text }) => text)).toEqual(['loud', 'second', 'first']);
    expect(messages[2]).toMatchObject({ reply_count: 2, metadata: { event_payload: { id: '7' } } });
    const bare = await conversations.history({ channel, latest: second, inclusive: true, limit: 1 });
    expect(bare).toMatchObject({ has_more: true, messages: [{ ts: second }] });
    const rest = await conversations.history({ channel, latest: second });
    expect(rest.messages?.map(({ ts, metadata }) => ({ ts, metadata }))).toEqual([
      { ts: first, metadata: { event_type: 'incident' } },
    ]);
  });

  test('replies are the whole thread, oldest first', async () => {
    const [ts = ''] = await thread();
    const { conversations } = slack.client();
    const { messages = [] } = await conversations.replies({ channel, ts });
    expect(messages.map(({ text }) => text)).toEqual(['first', 'reply', 'loud']);
    const missing = conversations.replies({ channel, ts: '1700000000.000100' });
    await expect(missing).rejects.toEqual(error('thread_not_found'));
    await expect(conversations.history({ channel: 'C0OUTSIDE1' })).rejects.toEqual(error('not_in_channel'));
  });
});

test('users are found by id and by e-mail address', async () => {
  const { users } = slack.client();
  expect(await users.info({ user: 'U0MARCO001' })).toMatchObject({ user: { real_name: 'Marco Rossi' } });
  expect(await users.lookupByEmail({ email: 'Olivia@acme.example' })).toMatchObject({ user: { id: 'U0OLIVIA01' } });
  expect((await users.list({})).members?.map(({ id }) => id)).toEqual(['U0OLIVIA01', 'U0MARCO001', 'U0POSTFLOW']);
  await expect(users.info({ user: 'U0NOBODY01' })).rejects.toEqual(error('user_not_found'));
  await expect(users.lookupByEmail({ email: 'x@y.example' })).rejects.toEqual(error('users_not_found'));
});

describe('files', () => {
  const picture = Buffer.from('89504e470d0a1a0a', 'hex');

  test('an uploaded image is shown by a block', async () => {
    const client = slack.client();
    const { files } = await client.filesUploadV2({ file: picture, filename: 'chart.png' });
    const id = files[0]?.files?.[0]?.id ?? '';
    const blocks = [{ type: 'image', alt_text: 'A chart', slack_file: { id } }];
    await client.chat.postMessage({ channel, text: 'x', blocks });
    const page = await (await fetch(`${slack.url}/__local/`)).text();
    const address = `/__local/slack/files/${id}/chart.png`;
    expect(page).toContain(`<img src="${address}" alt="A chart">`);
    const image = await fetch(`${slack.url}${address}`);
    expect([image.headers.get('content-type'), Buffer.from(await image.arrayBuffer())]).toEqual(['image/png', picture]);
  });

  test('a file is shared in a channel', async () => {
    const file = { file: picture, filename: 'chart.png', initial_comment: 'Look', channel_id: channel };
    await slack.client().filesUploadV2(file);
    expect(slack.standIn.messages()).toMatchObject([{ channel, text: 'Look', attachments: [{ title: 'chart.png' }] }]);
  });

  test('a file that was announced and not uploaded cannot be completed', async () => {
    const { files } = slack.client();
    const { file_id: id = '', upload_url = '' } = await files.getUploadURLExternal({ filename: 'a.png', length: 4 });
    await expect(files.completeUploadExternal({ files: [{ id }] })).rejects.toEqual(error('file_not_found'));
    const upload = (body: string) =>
      fetch(upload_url, { method: 'POST', body, headers: { 'content-type': 'image/png' } });
    expect((await upload('too long')).status).toBe(400);
    expect((await upload('1234')).status).toBe(200);
    expect(await files.completeUploadExternal({ files: [{ id }] })).toMatchObject({ files: [{ id }] });
  });
});
