import { AssertionError } from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { refusedAs } from './texts.ts';

const sent = { version: '1.2.3\n', commits: [{ patch_set: [{ type: 'Zed' }] }], projects: ['bananas'] };

describe('refusals', () => {
  it.each([
    ['our text begins with theirs', { detail: 'Invalid sort: choose another' }, { detail: 'invalid sort' }],
    ['our text names what theirs names of what was sent', { a: ['Use A, not Zed.'] }, { a: ['Zed is not supported.'] }],
    [
      'our text names the number that theirs names',
      { detail: 'At most 100, please.' },
      { detail: 'Cannot exceed 100.' },
    ],
    ['neither names anything', { projects: ['No such project.'] }, { projects: ['Invalid project slugs'] }],
    [
      'an error for programs has the same code, whatever we add',
      { detail: { code: 'x', message: 'No bananas here', extra: {} } },
      { detail: { code: 'x', message: 'Invalid projects (bananas)' } },
    ],
  ])('are the same where %s', (_, ours, theirs) => {
    expect(() => refusedAs(ours, theirs, sent)).not.toThrow();
  });

  it.each([
    ['a key is another', { ref: ['No.'] }, { refs: ['No.'] }],
    ['we add a key', { ref: ['No.'], url: ['No.'] }, { ref: ['No.'] }],
    ['we leave a key out', {}, { ref: ['No.'] }],
    ['the structure is another', { ref: 'No.' }, { ref: ['No.'] }],
    ['our text is empty', { detail: ' ' }, { detail: 'invalid sort' }],
    ['our text leaves out what was sent', { detail: 'No such project.' }, { detail: 'Invalid projects (bananas)' }],
    ['our text leaves out a number', { detail: 'Too long.' }, { detail: 'max is 64 chars' }],
    ['the code is another', { detail: { code: 'y', message: 'm' } }, { detail: { code: 'x', message: 'm' } }],
    ['there is no body', undefined, { detail: 'invalid sort' }],
  ])('are not the same where %s', (_, ours, theirs) => {
    expect(() => refusedAs(ours, theirs, sent)).toThrow(AssertionError);
  });
});
