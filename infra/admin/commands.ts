import { alertCommands } from './alert-commands.ts';
import { type AdminCommand, list } from './command.ts';
import { email, listOf, onOrOff, optional, organization, required, secret, slug } from './options.ts';
import { projectCommands } from './project-commands.ts';

/** What the nouns stand for. */
export const nouns: Readonly<Record<string, string>> = {
  organization: 'organizations: everything else belongs to one',
  member: 'the people of an organization',
  team: 'the teams of an organization',
  project: 'the projects of an organization',
  activity: 'what happened in a project: releases and deploys',
  'notification-setting': 'what people and teams want to be told of',
  token: 'API tokens for sentry-cli and other clients',
  repository: 'the code repositories that releases name commits of',
  issue: 'what goes wrong in the projects of an organization',
  workspace: 'the Slack workspaces that alerts and commands work in',
  'alert-rule': 'rules that post to Slack when a metric crosses a threshold',
  digest: 'rules that are shown in a channel on a schedule',
};

const repositoryUrl = 'https://github.com/acme/app';

/** All commands. */
export const commands: readonly AdminCommand[] = [
  {
    noun: 'organization',
    verb: 'create',
    summary: 'make an organization',
    options: [slug('--slug', 'slug'), required('--name <name>', 'name', 'name that people see')],
    example: 'organization create --slug acme --name Acme',
  },
  {
    noun: 'organization',
    verb: 'update',
    summary: 'change an organization',
    options: [
      slug('--slug', 'slug'),
      optional('--name <name>', 'name', 'name that people see'),
      onOrOff(
        '--members-create-projects <switch>',
        'membersCreateProjects',
        'whether members without org:write make projects',
      ),
    ],
    example: 'organization update --slug acme --members-create-projects false',
  },
  { noun: 'organization', verb: 'list', summary: 'list all organizations', options: [], example: 'organization list' },
  {
    noun: 'member',
    verb: 'add',
    summary: 'add a person to an organization',
    options: [
      organization,
      email('the e-mail address that Slack knows the person by'),
      optional('--name <name>', 'name', 'name of the person'),
      {
        ...required('--role <role>', 'role', 'what the person may do'),
        choices: ['member', 'admin', 'manager', 'owner'],
      },
    ],
    example: 'member add --organization acme --email ada@acme.example --name Ada --role admin',
  },
  {
    noun: 'member',
    verb: 'change-role',
    summary: 'change what a person may do',
    options: [
      organization,
      email('the e-mail address of the member'),
      {
        ...required('--role <role>', 'role', 'what the person may do from now on'),
        choices: ['member', 'admin', 'manager', 'owner'],
      },
    ],
    example: 'member change-role --organization acme --email ada@acme.example --role manager',
  },
  {
    noun: 'member',
    verb: 'update',
    summary: 'change what a person has chosen',
    options: [
      organization,
      email('the e-mail address of the member'),
      {
        ...required('--self-assign-issues <switch>', 'selfAssignIssues', 'take issues that they fix and nobody has'),
        choices: ['on', 'off'],
      },
    ],
    example: 'member update --organization acme --email ada@acme.example --self-assign-issues on',
  },
  list('member', 'members'),
  {
    noun: 'team',
    verb: 'create',
    summary: 'make a team',
    options: [
      organization,
      slug('--slug', 'slug'),
      optional('--name <name>', 'name', 'name that people see'),
      listOf('--member <email>', 'members', 'e-mail address of a member; may be given several times'),
    ],
    example: 'team create --organization acme --slug backend --member ada@acme.example --member mia@acme.example',
  },
  {
    noun: 'team',
    verb: 'change-role',
    summary: 'make a member of a team its admin, or an ordinary member again',
    options: [
      organization,
      email('the e-mail address of the member'),
      slug('--team', 'team'),
      { ...required('--role <role>', 'role', 'what the person is in the team'), choices: ['contributor', 'admin'] },
    ],
    example: 'team change-role --organization acme --email ada@acme.example --team backend --role admin',
  },
  list('team', 'teams'),
  ...projectCommands,
  {
    noun: 'activity',
    verb: 'list',
    summary: 'list what happened in a project, newest first',
    options: [organization, slug('--project', 'project')],
    example: 'activity list --organization acme --project web',
  },
  {
    noun: 'token',
    verb: 'create',
    summary: 'make an API token, of the organization or of a person',
    options: [
      organization,
      required('--name <name>', 'name', 'what the token is for'),
      { ...required('--kind <kind>', 'kind', 'whose token it is'), choices: ['organization', 'personal'] },
      { ...email('whose it is, for a personal token'), required: false },
      {
        ...listOf('--scope <scope>', 'scopes', 'such as project:releases or org:ci; may be given several times'),
        required: true,
      },
      optional('--valid-until <time>', 'validUntil', 'when it ends, such as 2027-01-31T12:00:00Z; never by default'),
    ],
    example: 'token create --organization acme --name CI --kind organization --scope org:ci',
    note: 'Keep the token now: it is stored hashed and never shown again.',
  },
  list('token', 'tokens, without their secret part'),
  {
    noun: 'token',
    verb: 'revoke',
    summary: 'make a token invalid',
    options: [organization, required('--id <id>', 'id', 'id of the token, as "token list" shows it')],
    example: 'token revoke --organization acme --id 1',
  },
  {
    noun: 'repository',
    verb: 'create',
    summary: 'make a repository known',
    options: [
      organization,
      required('--name <name>', 'name', 'such as acme/app'),
      optional('--url <url>', 'url', 'where the code is'),
      optional('--provider <provider>', 'provider', 'such as github'),
    ],
    example: `repository create --organization acme --name acme/app --url ${repositoryUrl} --provider github`,
  },
  list('repository', 'repositories'),
  {
    noun: 'issue',
    verb: 'create',
    summary: 'make a sample issue, seen now for the first time',
    options: [
      organization,
      slug('--project', 'project'),
      required('--title <title>', 'title', 'what goes wrong'),
      {
        ...optional('--level <level>', 'level', 'how bad it is; error by default'),
        choices: ['fatal', 'error', 'warning', 'info', 'debug'],
      },
      optional('--culprit <culprit>', 'culprit', 'where in the code it goes wrong'),
      optional('--release <version>', 'release', 'release in which it was seen'),
    ],
    example: 'issue create --organization acme --project web --title "TypeError: x is undefined" --release web@1.0.0',
  },
  {
    noun: 'issue',
    verb: 'list',
    summary: 'list the newest issues of an organization or a project',
    options: [
      organization,
      slug('--project', 'project', { optional: true }),
      optional('--query <query>', 'query', 'such as "is:unresolved level:error release:web@1.0.0 some text"'),
    ],
    example: 'issue list --organization acme --project web --query is:for_review',
  },
  {
    noun: 'workspace',
    verb: 'add',
    summary: 'connect a Slack workspace',
    options: [
      organization,
      required('--team-id <id>', 'teamId', 'id of the workspace, such as T0ACME001'),
      required('--name <name>', 'name', 'name of the workspace'),
      secret('--bot-token <token>', 'botToken', 'bot token of the app (xoxb-…)'),
      required('--bot-user-id <id>', 'botUserId', 'user id of the bot, such as U0POSTFLOW'),
    ],
    example:
      'workspace add --organization acme --team-id T0ACME001 --name Acme --bot-user-id U0POSTFLOW --bot-token - < token.txt',
  },
  {
    noun: 'workspace',
    verb: 'disconnect',
    summary: 'disconnect a Slack workspace; the last organization takes the app with it',
    options: [organization, required('--team-id <id>', 'teamId', 'id of the workspace, such as T0ACME001')],
    example: 'workspace disconnect --organization acme --team-id T0ACME001',
  },
  list('workspace', 'Slack workspaces, and why one is switched off'),
  ...alertCommands,
];
