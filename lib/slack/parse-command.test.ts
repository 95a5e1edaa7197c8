import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommand } from './parse-command.ts';

describe('a command line', () => {
  it.each([
    ['', { name: 'help' }],
    ['   ', { name: 'help' }],
    ['help', { name: 'help' }],
    ['HELP me please', { name: 'help' }],
    ['docs', { name: 'docs' }],
    [' Support ', { name: 'support' }],
    ['link', { name: 'link', subject: 'user' }],
    ['Link', { name: 'link', subject: 'user' }],
    ['Link Me', { name: 'unknown', text: 'link me' }],
    ['unlink teams', { name: 'unknown', text: 'unlink teams' }],
    ['link   team', { name: 'link', subject: 'team' }],
    ['link team backend now', { name: 'link', subject: 'team' }],
    ['unlink', { name: 'unlink', subject: 'user' }],
    ['unlink\tTEAM', { name: 'unlink', subject: 'team' }],
    ['linked', { name: 'unknown', text: 'linked' }],
    ['Make Coffee', { name: 'unknown', text: 'make coffee' }],
    ['constructor', { name: 'unknown', text: 'constructor' }],
  ])('%j means %j', (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  it('always means something', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (line) => void parseCommand(line)));
  });
});
