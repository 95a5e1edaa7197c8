import { type AdminCommand, list } from './command.ts';
import { email, onOrOff, optional, organization, required, slug } from './options.ts';

/** Commands about projects, and about who wants to be told of them. */
export const projectCommands: readonly AdminCommand[] = [
  {
    noun: 'project',
    verb: 'create',
    summary: 'make a project; its DSN is what clients send data to',
    options: [
      organization,
      required('--name <name>', 'name', 'name that people see'),
      slug('--slug', 'slug', { optional: true }),
      slug('--team', 'team', { optional: true }),
      optional('--platform <platform>', 'platform', 'such as javascript or node'),
    ],
    example: 'project create --organization acme --name Web --slug web --team backend --platform javascript',
  },
  list('project', 'projects'),
  {
    noun: 'project',
    verb: 'update',
    summary: 'change a project; what is left out stays',
    options: [
      organization,
      slug('--project', 'project'),
      optional('--name <name>', 'name', 'name that people see'),
      slug('--slug', 'slug', { optional: true }),
      slug('--team', 'team', { optional: true }),
      optional('--platform <platform>', 'platform', 'such as javascript or node'),
      onOrOff('--internal <switch>', 'isInternal', 'whether it is kept from being deleted'),
    ],
    example: 'project update --organization acme --project web --slug shop',
  },
  {
    noun: 'project',
    verb: 'delete',
    summary: 'delete a project and everything of it',
    options: [organization, slug('--project', 'project')],
    example: 'project delete --organization acme --project web',
  },
  {
    noun: 'notification-setting',
    verb: 'list',
    summary: 'list what a person or a team wants to be told of',
    options: [
      organization,
      { ...email('whose settings, of a person'), required: false },
      slug('--team', 'team', { optional: true }),
    ],
    example: 'notification-setting list --organization acme --email ada@acme.example',
  },
];
