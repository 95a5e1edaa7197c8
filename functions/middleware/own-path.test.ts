import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownPath } from './own-path.ts';

describe('the way back after a sign-in', () => {
  it.each([
    '/',
    '/extensions/slack/link-team/eyJwIjoi_x-Y.c2ln-_A/',
    '/extensions/slack/install/?organization=acme&from=%2Fx',
    '/organizations/acme/alerts/1',
    '/organizations/acme/releases/web%401.0.0%2B7/',
    '/organizations/acme/releases/%C3%A9%20%25/',
  ])('leads to %s', (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    '',
    'extensions/slack',
    '//evil.example',
    '//evil.example/%2e%2e',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\\/evil.example',
    '/%2fevil.example',
    '/%5cevil.example',
    '/x//evil.example',
    '/x/%2fevil.example',
    '/x/%2E%2e/y',
    '/x/.%2e',
    '/x/%5Cevil.example',
    '/x/%0d%0aSet-Cookie:%20a=b',
    '/x/%00',
    '/x/%',
    '/x/%ff',
    '/./x',
    '/../x',
    '/x/../../y',
    '/.',
    'https://evil.example',
    'https:evil.example',
    'HTTPS://evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/\tevil.example',
    '/\n/evil.example',
    '/\r\nSet-Cookie: a=b',
    '/x?next=https://evil.example',
    '/x#fragment',
    '/@evil.example',
    '@evil.example',
    '.evil.example',
    ':80@evil.example',
    '/é',
    '/\u2028',
    ' /x',
    '/x ',
    '/?a\\b',
    `/${'x'.repeat(2_400)}`,
  ])('does not lead to %j', (path) => {
    expect(ownPath(path)).toBeUndefined();
  });

  it('never leaves our address, whatever it is asked to', () => {
    const odd = fc.array(fc.constantFrom('/', '\\', '.', '%2f', '%5c', '@', ':', '?', '#', 'evil.example', '\t', 'x'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          odd.map((parts) => `/${parts.join('')}`),
        ),
        (given) => {
          const path = ownPath(given);
          if (path === undefined) return;
          for (const home of ['https://postflow.example', 'https://abc.execute-api.example/live']) {
            const { origin, href } = new URL(`${home}${path}`);
            expect(origin).toBe(new URL(home).origin);
            expect(href.startsWith(home)).toBe(true);
          }
          expect(new URL(path, 'https://postflow.example').origin).toBe('https://postflow.example');
        },
      ),
      { numRuns: 500 },
    );
  });
});
