import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openButton, pressActions, pressButton, readPress } from './message-buttons.ts';

describe('a button of ours', () => {
  it.each(pressActions)('that asks for %s says so again when it is pressed', (action) => {
    const { action_id = '', value } = pressButton(action, { organization: 'acme', id: '12' });
    expect(readPress(action_id, value)).toEqual({ action, organization: 'acme', id: '12' });
  });

  it('that opens a page asks for nothing', () => {
    const { action_id = '', value, url } = openButton('issue', 'https://postflow.example/x');
    expect(url).toBe('https://postflow.example/x');
    expect(readPress(action_id, value)).toBe('foreign');
  });
});

describe('what was pressed', () => {
  it.each([
    ['issue.delete', 'acme/1'],
    ['', ''],
    ['toString', 'acme/1'],
    ['incident.open', undefined],
  ])('is none of our business as %j', (actionId, value) => {
    expect(readPress(actionId, value)).toBe('foreign');
  });

  it.each([
    undefined,
    '',
    'acme',
    'acme/',
    '/1',
    'acme/1/2',
    'Acme/1',
    'acme#x/1',
    '../1',
    'acme/-1',
    'acme/0',
    'acme/01',
    'acme/1.5',
    'acme/1e3',
    'acme/１',
    'acme/1 ',
    'acme/1\n',
    'acme/9999999999',
    '12/1',
    `${'a'.repeat(51)}/1`,
  ])('is broken with the value %j', (value) => {
    expect(readPress('incident.resolve', value)).toBe('broken');
  });

  it('knows issues by their IDs only', () => {
    expect(readPress('issue.resolve', 'acme/184467440737095516')).toMatchObject({ id: '184467440737095516' });
    expect(readPress('issue.resolve', 'acme/WEB-1')).toBe('broken');
    expect(readPress('issue.resolve', `acme/${'1'.repeat(21)}`)).toBe('broken');
  });

  it('is never anything that a key could be divided by', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pressActions), fc.string(), (action, value) => {
        const press = readPress(action, value);
        if (typeof press === 'string') return;
        expect(`${press.organization}/${press.id}`).toMatch(/^[a-z0-9_-]+\/\d+$/);
      }),
    );
  });
});
