import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { commands, nouns } from './commands.ts';
import type { AdminAnswer, AdminPayload, AdminTarget } from './payload.ts';
import { createProgram } from './program.ts';

/** Runs a command line against an admin function that gives a fixed answer. */
async function run(line: string, answer: AdminAnswer = { ok: true, result: {} }, input = '') {
  const sent: [AdminPayload, AdminTarget][] = [];
  const out: string[] = [];
  const errors: string[] = [];
  const program = createProgram({
    async send(payload, target) {
      sent.push([payload, target]);
      return answer;
    },
    readInput: async () => input,
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
  });
  for (const command of [program, ...program.commands, ...program.commands.flatMap((noun) => noun.commands)]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => out.push(text), writeErr: (text) => errors.push(text) });
  }
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const failure = await program.parseAsync(words, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { sent, out: out.join('\n'), errors: errors.join('\n'), failure };
}

describe('every command', () => {
  test.for(commands.map((command) => [`${command.noun} ${command.verb}`, command] as const))(
    '%s: its example is understood, and its help shows it',
    async ([name, command]) => {
      const { sent, failure } = await run(command.example.replace(/ < .*$/, ''), undefined, 'xoxb-from-input\n');
      expect(failure).toBeUndefined();
      expect(sent).toHaveLength(1);
      expect(sent[0]?.[0].command).toBe(`${command.noun}.${command.verb}`);
      const help = await run(`${name} --help`);
      expect(help.out).toContain(command.example);
      for (const { flags } of command.options) expect(help.out).toContain(flags);
    },
  );

  test('stands under a noun that is explained', () => {
    expect(new Set(commands.map(({ noun }) => noun))).toEqual(new Set(Object.keys(nouns)));
  });
});

describe('the command line', () => {
  test('sends typed input to the local stack', async () => {
    const { sent } = await run(
      'alert-rule create --organization acme --project web --name "Checkout errors" --metric checkout.errors@none ' +
        '--threshold 10.5 --window-seconds 60 --workspace T1 --channel-id C1 --channel-name alerts',
    );
    const input = {
      organization: 'acme',
      project: 'web',
      name: 'Checkout errors',
      metric: 'checkout.errors@none',
      threshold: 10.5,
      windowSeconds: 60,
      workspace: 'T1',
      channelId: 'C1',
      channelName: 'alerts',
    };
    expect(sent).toEqual([[{ command: 'alert-rule.create', input }, {}]]);
  });

  test('collects repeated options, and sends to a deployed stack', async () => {
    const { sent } = await run(
      'team create --organization acme --slug be --member a@b.c --member d@e.f --stack prod --region eu-west-1',
    );
    const input = { organization: 'acme', slug: 'be', members: ['a@b.c', 'd@e.f'] };
    expect(sent).toEqual([
      [
        { command: 'team.create', input },
        { stack: 'prod', region: 'eu-west-1' },
      ],
    ]);
  });

  test('reads a secret from standard input', async () => {
    const line = 'workspace add --organization acme --team-id T1 --name Acme --bot-user-id U1 --bot-token -';
    const { sent } = await run(line, undefined, 'xoxb-secret\n');
    expect(sent[0]?.[0].input).toMatchObject({ botToken: 'xoxb-secret' });
  });

  test.for<[string, RegExp]>([
    ['organization create --slug acme', /--name <name>' not specified/],
    ['member add --organization a --email x@y.z --role king', /Allowed choices are member, admin, manager, owner/],
    ['alert-rule create --threshold many', /It must be a number/],
    ['organization rename', /unknown command 'rename'/],
    ['organisation list', /Did you mean organization/],
    ['organization list --jso', /Did you mean --json/],
  ])('refuses %s', async ([line, message]) => {
    const { sent, errors, failure } = await run(line);
    expect(failure).toBeInstanceOf(CommanderError);
    expect(errors).toMatch(message);
    expect(sent).toEqual([]);
  });

  test('prints lists as a table, and as JSON on request', async () => {
    const result = [
      { slug: 'web', id: '12', teams: ['backend'] },
      { slug: 'api', id: '345', teams: [], platform: 'node' },
    ];
    const { out } = await run('project list --organization acme', { ok: true, result });
    expect(out).toBe(['SLUG  ID   TEAMS    PLATFORM', 'web   12   backend  -', 'api   345  -        node'].join('\n'));
    const json = await run('project list --organization acme --json', { ok: true, result });
    expect(JSON.parse(json.out)).toEqual(result);
    const wrapped = await run('project list --organization acme', { ok: true, result: { projects: [] } });
    expect(wrapped.out).toBe('There are none yet.');
  });

  test('prints one thing as lines, and says that a token is shown once', async () => {
    const line = 'token create --organization acme --name CI --kind organization --scope org:ci';
    const { out, errors } = await run(line, { ok: true, result: { id: '1', token: 'sntrys_x', scopes: ['org:ci'] } });
    expect(out).toBe('id      1\ntoken   sntrys_x\nscopes  org:ci');
    expect(errors).toContain('never shown again');
  });

  test('says what was refused, field errors one a line by their option', async () => {
    const line = 'organization create --slug A --name B';
    const conflict = await run(line, { ok: false, error: { status: 409, detail: 'There is one already.' } });
    expect(String(conflict.failure)).toBe('Error: There is one already.');
    const fields = { slug: ['Too short.', 'Lower case only.'], other: ['Unknown.'] };
    const invalid = await run(line, { ok: false, error: { status: 400, fields } });
    expect(String(invalid.failure)).toBe('Error: --slug: Too short.\n--slug: Lower case only.\nother: Unknown.');
  });
});
