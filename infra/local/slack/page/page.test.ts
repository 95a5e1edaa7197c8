import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { acme, acmeStandIn, type ListeningStandIn, listenAcme } from '../acme.fixture.ts';
import type { SlackStandIn } from '../stand-in.ts';

const listening: ListeningStandIn[] = [];
afterEach(async () => {
  for (const slack of listening.splice(0)) await slack.close();
});

async function get(standIn: SlackStandIn, query = ''): Promise<string> {
  return (await standIn.fetch(new Request(`http://slack.test/__local/${query}`))).text();
}

async function call(standIn: SlackStandIn, method: string, args: object): Promise<{ ok: boolean; ts: string }> {
  const headers = { authorization: `Bearer ${acme.botToken}`, 'content-type': 'application/json; charset=utf-8' };
  const body = JSON.stringify(args);
  const url = `http://slack.test/__local/slack/api/${method}`;
  return (await (await standIn.fetch(new Request(url, { method: 'POST', headers, body }))).json()) as {
    ok: boolean;
    ts: string;
  };
}

const channel = 'C0ALERTS01';

describe('who sees what', () => {
  test('a message for one person shows to nobody else', async () => {
    const standIn = acmeStandIn();
    await call(standIn, 'chat.postEphemeral', { channel, user: 'U0OLIVIA01', text: 'hush' });
    expect(await get(standIn, '?viewer=U0OLIVIA01')).toMatch(/Only visible to you[\s\S]*hush/);
    expect(await get(standIn, '?viewer=U0MARCO001')).not.toContain('hush');
  });

  test('direct messages show to their person, under one entry', async () => {
    const standIn = acmeStandIn();
    await call(standIn, 'chat.postMessage', { channel: 'U0MARCO001', text: 'for Marco' });
    expect(await get(standIn, '?channel=D0MARCO001&viewer=U0MARCO001')).toContain('for Marco');
    expect(await get(standIn, '?channel=D0MARCO001&viewer=U0OLIVIA01')).not.toContain('for Marco');
  });

  test('an address that names nothing known shows the first channel', async () => {
    expect(await get(acmeStandIn(), '?team=T1&channel=C1&viewer=U1')).toContain('<title>#alerts · Acme</title>');
  });

  test('without workspaces there is a page that says so', async () => {
    expect(await get(acmeStandIn({ workspaces: [] }))).toContain('There is no workspace yet');
  });
});

describe('how messages are drawn', () => {
  test('replies stand below their message, a broadcast one in the channel too', async () => {
    const standIn = acmeStandIn();
    const { ts } = await call(standIn, 'chat.postMessage', { channel, text: 'first' });
    await call(standIn, 'chat.postMessage', { channel, text: 'quiet', thread_ts: ts });
    await call(standIn, 'chat.postMessage', { channel, text: 'loud', thread_ts: ts, reply_broadcast: true });
    const page = await get(standIn);
    expect(page).toMatch(/first[\s\S]*2 replies[\s\S]*quiet[\s\S]*loud/);
    expect(page.match(/>loud</g)).toHaveLength(2);
    await call(standIn, 'chat.delete', { channel, ts });
    expect(await get(standIn)).toMatch(/This message was deleted[\s\S]*2 replies/);
  });

  test('a reply to no message is shown apart, and says so', async () => {
    const standIn = acmeStandIn();
    await call(standIn, 'chat.postMessage', { channel, text: 'lost', thread_ts: '1700000000.000100' });
    expect(await get(standIn)).toMatch(/Reply to 1700000000\.000100[\s\S]*lost/);
  });

  test('an attachment has its colour, an edited message its mark, a button its address or the form that presses it', async () => {
    const standIn = acmeStandIn();
    const button = (more: object) => ({ type: 'button', text: { type: 'plain_text', text: 'Go' }, ...more });
    const blocks = [{ type: 'actions', elements: [button({ url: 'https://x.example/' }), button({})] }];
    const attachments = [{ color: 'danger', blocks }];
    const { ts } = await call(standIn, 'chat.postMessage', { channel, text: 'x', attachments });
    await call(standIn, 'chat.update', { channel, ts, text: 'y' });
    const page = await get(standIn);
    expect(page).toContain('fill="#e01e5a"');
    expect(page).toContain('(edited)');
    expect(page).toMatch(/<a class="button [^>]*href="https:\/\/x\.example\/"/);
    expect(page).toMatch(
      /action="\/__local\/slack\/action"[\s\S]*name="actionId" value="e1"[\s\S]*<button class="button " type="submit"/,
    );
  });

  test('a refused call is told with its reason', async () => {
    const standIn = acmeStandIn();
    await call(standIn, 'chat.postMessage', { channel, blocks: [{ type: 'header' }] });
    expect(await get(standIn)).toMatch(
      /1<span class="long"> refused<[\s\S]*chat\.postMessage[\s\S]*invalid_blocks[\s\S]*a required field is missing: text/,
    );
  });
});

test('nothing of a message becomes markup of the page', async () => {
  const nasty = fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '`',
        '=',
        ' ',
        '\n',
        '|',
        '/',
        'x',
        '<script>',
        '</main>',
        '<img src=x onerror=alert(1)>',
        '<svg/onload=alert(1)>',
        'javascript:alert(1)',
        '" autofocus onfocus="alert(1)',
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => `zz${parts.join('')}`);
  await fc.assert(
    fc.asyncProperty(nasty, async (text) => {
      const standIn = acmeStandIn({
        workspaces: [
          {
            ...acme,
            name: text,
            users: [{ id: 'U0OLIVIA01', name: text, email: text }],
            channels: [{ id: channel, name: text }],
          },
        ],
      });
      const plain = { type: 'plain_text', text: text.slice(0, 75) };
      const mrkdwn = { type: 'mrkdwn', text };
      const image = { type: 'image', alt_text: text, image_url: `https://x.example/${encodeURIComponent(text)}` };
      const blocks = [
        { type: 'section', block_id: text, text: mrkdwn, fields: [plain, mrkdwn], accessory: image },
        { type: 'header', text: plain },
        { type: 'context', elements: [plain, mrkdwn, image] },
        { ...image, title: plain },
        {
          type: 'actions',
          elements: [
            { type: 'button', text: plain, value: text, accessibility_label: text.slice(0, 75) },
            { type: 'button', text: plain, url: `https://x.example/${text.replace(/\s/g, '')}` },
          ],
        },
      ];
      const old = {
        fallback: text,
        pretext: text,
        author_name: text,
        author_link: text,
        title: text,
        title_link: text,
        text,
        fields: [{ title: text, value: text }],
        image_url: text,
        thumb_url: text,
        footer: text,
        ts: text,
      };
      const content = {
        channel,
        text,
        attachments: [old, { fallback: text, blocks: [{ type: 'section', text: mrkdwn }] }],
      };
      expect(await call(standIn, 'chat.postMessage', { ...content, username: text })).toMatchObject({ ok: true });
      expect(await call(standIn, 'chat.postMessage', { channel, text, blocks })).toMatchObject({ ok: true });
      await call(standIn, text.replace(/\W/g, ''), {});
      const page = await get(standIn, `?viewer=U0OLIVIA01&channel=${encodeURIComponent(text)}`);
      const tags = page.match(/<[^>]*>/g) ?? [];
      expect(tags.filter((tag) => !ours.test(tag))).toEqual([]);
      expect(tags.filter((tag) => /javascript:/i.test(tag) && /(href|src)="\s*javascript:/i.test(tag))).toEqual([]);
      expect(tags.filter((tag) => /^<(script|\/main)/.test(tag))).toEqual([script, '</main>']);
    }),
    { numRuns: 60 },
  );
});

const script = '<script type="module" src="/__local/app.js">';
// A tag of the page: a name, then attributes whose values hold no quote and no bracket; none begins with "on".
const ours = /^<(!doctype html|\/?[a-z0-9]+(\s+(?!on)[a-zA-Z-]+(="[^"<>]*")?)*\s*\/?)>$/;

describe('live', () => {
  test('an open page is told of every change, and let go at the end', async () => {
    const slack = await listenAcme();
    listening.push(slack);
    const response = await fetch(`${slack.url}/__local/slack/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await events?.read()).toMatchObject({ value: expect.stringContaining('event: hello') });
    await slack.client().chat.postMessage({ channel, text: 'x' });
    expect(await events?.read()).toMatchObject({ value: expect.stringContaining('event: change') });
    slack.standIn.close();
    expect(await events?.read()).toMatchObject({ done: true });
  });

  test('the page loads only from itself and runs no script of its own', async () => {
    const answer = await acmeStandIn().fetch(new Request('http://slack.test/__local/'));
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    for (const [, address = ''] of (await answer.text()).matchAll(/(?:href|src)="(\/__local\/[a-z]+\.[a-z]+)"/g)) {
      expect((await acmeStandIn().fetch(new Request(`http://slack.test${address}`))).status).toBe(200);
    }
  });

  test('the schedules run through the button, with script and without', async () => {
    const slack = await listenAcme({ scheduleUrl: () => `${slack.url}/__local/slack/api/none` });
    listening.push(slack);
    const run = (accept: string) =>
      fetch(`${slack.url}/__local/slack/schedules`, {
        method: 'POST',
        headers: { accept },
        body: new URLSearchParams({ back: 'channel=C1' }),
        redirect: 'manual',
      });
    expect(await (await run('application/json')).json()).toMatchObject({ ok: true, status: 200 });
    expect((await run('text/html')).headers.get('location')).toBe('/__local/?channel=C1');
  });
});
