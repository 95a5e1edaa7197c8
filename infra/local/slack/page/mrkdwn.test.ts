import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acme, noon } from '../acme.fixture.ts';
import { Workspace } from '../workspace.ts';
import { renderMrkdwn } from './mrkdwn.ts';
import type { View } from './view.ts';

const workspace = new Workspace(acme);
const view = { workspace, viewer: acme.users[0], now: noon, timeZone: 'UTC' } as unknown as View;
const render = (text: string) => String(renderMrkdwn(text, view));
const link = (address: string, text: string) =>
  `<a href="${address}" target="_blank" rel="noreferrer noopener">${text}</a>`;

test.each([
  ['*bold* _italic_ ~gone~', '<strong>bold</strong> <em>italic</em> <s>gone</s>'],
  ['*bold with _italic_ in it*', '<strong>bold with <em>italic</em> in it</strong>'],
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['one\ntwo', 'one<br>two'],
  ['`code` and ```a &lt; b\n  c```\nafter', '<code>code</code> and <pre><code>a &lt; b\n  c</code></pre>after'],
  ['`/postflow link`: connect', '<code>/postflow link</code>: connect'],
  [
    '*Project:* web, "*api*"; `a`/`b`',
    '<strong>Project:</strong> web, &quot;<strong>api</strong>&quot;; <code>a</code>/<code>b</code>',
  ],
  ['&gt; quoted\n&gt; twice\nnot', '<blockquote> quoted<br> twice</blockquote>not'],
  ['> quoted bare', '<blockquote> quoted bare</blockquote>'],
  ['<https://x.example/a?b=1&amp;c=2|Read &lt;this&gt;>', link('https://x.example/a?b=1&amp;c=2', 'Read &lt;this&gt;')],
  ['<mailto:a@x.example|a@x.example>', link('mailto:a@x.example', 'a@x.example')],
  ['see https://x.example/a_b_c.', `see ${link('https://x.example/a_b_c', 'https://x.example/a_b_c')}.`],
  [
    '<@U0MARCO001> <@U0POSTFLOW> <@U0NOBODY01>',
    '<span class="mention">@Marco Rossi</span> <span class="mention">@postflow</span> <span class="mention">@U0NOBODY01</span>',
  ],
  ['<!here> <!subteam^S1|@backend>', '<span class="mention loud">@here</span> <span class="mention">@backend</span>'],
  [':tada: :no_such_thing: 12:30:45', '🎉 :no_such_thing: 12:30:45'],
  ['R&amp;D &amp;lt;', 'R&amp;D &amp;lt;'],
])('%s', (text, html) => {
  expect(render(text)).toBe(html);
});

test('a channel is a link to it on the page', () => {
  const address = '/__local/?team=T0ACME001&amp;channel=C0GENERAL1&amp;viewer=U0OLIVIA01';
  expect(render('<#C0GENERAL1>')).toBe(`<a class="mention" href="${address}">#general</a>`);
});

test('a date is written out, and its fallback shown when it is none', () => {
  const iso = '2026-10-05T11:00:00.000Z';
  const time = `<time datetime="${iso}" title="${iso}">Today at 11:00 AM</time>`;
  const seconds = noon / 1000 - 3600;
  expect(render(`<!date^${seconds}^{date_pretty} at {time}|soon>`)).toBe(time);
  expect(render(`<!date^${seconds}^{date_pretty} at {time}^https://x.example/|soon>`)).toBe(
    link('https://x.example/', time),
  );
  expect(render('<!date^never^{date}|soon>')).toBe('soon');
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', ' javascript:alert(1)', 'script', '/etc/passwd'])(
  'an address such as %s never becomes a link',
  (address) => {
    expect(render(`<${address}|click>`)).not.toMatch(/<a|<script/);
  },
);

test('no text becomes a tag of its own, and none is lost for the parser', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '*',
    '_',
    '~',
    '`',
    '```',
    '\n',
    '|',
    '<!',
    '<@',
    '<#',
    '&gt;',
    'a',
    ' ',
    'https://x.example/',
    'script',
    'onerror=',
    '^',
    ':',
    '\uFEFF',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const tags = render(pieces.join('')).match(/<[^>]*>/g) ?? [];
      const ours =
        /^<\/?(strong|em|s|code|pre|blockquote|br|span|time|a)( (class|href|target|rel|datetime|title)="[^"<>]*")*>$/;
      expect(tags.filter((tag) => !ours.test(tag))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test.each(['&gt;a\n', '>>>\n', '> *b*\n'])('a text of thousands of lines such as %j is shown as it is', (line) => {
  const page = render(line.repeat(10_000));
  expect([page.match(/<br>/g)?.length, page.includes('<blockquote>')]).toEqual([10_000, false]);
  expect(render(line.repeat(499))).toContain('<blockquote>');
});
