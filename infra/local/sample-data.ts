import * as z from 'zod';
import { type SampleResult, sampleResultSchema } from './sample-result.ts';

/** The organization that a first start makes, so that everything can be tried at once. */
export const sample = {
  organization: { slug: 'acme', name: 'Acme' },
  projects: [
    { slug: 'web', name: 'Web', platform: 'javascript' },
    { slug: 'api', name: 'API', platform: 'node' },
  ],
  repository: { name: 'acme/app', url: 'https://github.com/acme/app', provider: 'github' },
  users: [
    { email: 'olivia@acme.example', name: 'Olivia Owner', role: 'owner', slackUserId: 'U0OLIVIA01' },
    { email: 'marco@acme.example', name: 'Marco Manager', role: 'manager', slackUserId: 'U0MARCO001' },
    { email: 'ada@acme.example', name: 'Ada Admin', role: 'admin', slackUserId: 'U0ADA00001' },
    { email: 'mia@acme.example', name: 'Mia Member', role: 'member', slackUserId: 'U0MIA00001' },
  ],
  team: { slug: 'backend', name: 'Backend', members: ['ada@acme.example', 'mia@acme.example'] },
  workspace: { teamId: 'T0ACME001', name: 'Acme', botUserId: 'U0POSTFLOW' },
  /** People of the Slack workspaces who are no members: for trying out what they are told. */
  outsiders: [
    { id: 'sam', email: 'sam@elsewhere.example', name: 'Sam Stranger', slackUserId: 'U0SAM00001' },
    { id: 'greta', email: 'greta@globex.example', name: 'Greta Globex' },
  ],
  /** Says the owner's address at sign-in, but it was never verified. */
  unverified: { id: 'una', email: 'olivia@acme.example', name: 'Una Unverified' },
  /** A second workspace of Slack, which the app is not installed in at first. */
  otherWorkspace: {
    teamId: 'T0GLOBEX01',
    name: 'Globex',
    botUserId: 'U0POSTFLOX',
    channels: [
      { id: 'C0GLOBEXAL', name: 'globex-alerts' },
      { id: 'C0GLOBEXGE', name: 'globex-general' },
    ],
    users: [
      { id: 'U0GRETA001', name: 'Greta Globex', email: 'greta@globex.example' },
      { id: 'U0OLIVIAGX', name: 'Olivia Owner', email: 'olivia@acme.example' },
    ],
  },
  slackClientId: '1000000000001.2000000000002',
  oidcClientId: 'postflow-local',
  channels: [
    { id: 'C0ALERTS01', name: 'alerts' },
    { id: 'C0GENERAL1', name: 'general' },
    { id: 'C0BACKEND1', name: 'backend' },
  ],
  alertRule: {
    name: 'Checkout errors',
    project: 'web',
    metric: 'checkout.errors@none',
    threshold: 10,
    windowSeconds: 300,
    channel: { id: 'C0ALERTS01', name: 'alerts' },
  },
  tokenScopes: [
    'project:read',
    'project:write',
    'project:admin',
    'project:releases',
    'org:read',
    'event:write',
    'alerts:write',
  ],
  orgTokenScopes: ['org:ci'],
} as const;

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.unknown() }),
]);

/** Runs one command of the admin function and gives its answer. */
export type RunAdminCommand = (payload: { command: string; input: Record<string, unknown> }) => Promise<unknown>;

/**
 * Makes the sample data through the admin function, the same way that a person would.
 * @throws Error with the admin function's words when a command is refused.
 */
export async function makeSampleData(runAdmin: RunAdminCommand, botToken: string): Promise<SampleResult> {
  const organization = sample.organization.slug;
  const run = async (command: string, input: Record<string, unknown>): Promise<unknown> => {
    const answer = answerSchema.parse(await runAdmin({ command, input }));
    if (!answer.ok) throw new Error(`the sample data was refused: ${command}: ${JSON.stringify(answer.error)}`);
    return answer.result;
  };

  await run('organization.create', sample.organization);
  for (const { email, name, role } of sample.users) await run('member.add', { organization, email, name, role });
  await run('team.create', { organization, ...sample.team });
  const projects: unknown[] = [];
  for (const project of sample.projects) {
    projects.push(await run('project.create', { organization, team: sample.team.slug, ...project }));
  }
  await run('repository.create', { organization, ...sample.repository });
  await run('workspace.add', { organization, ...sample.workspace, botToken });
  const { channel, ...rule } = sample.alertRule;
  await run('alert-rule.create', {
    organization,
    ...rule,
    workspace: sample.workspace.teamId,
    channelId: channel.id,
    channelName: channel.name,
  });
  const personal = await run('token.create', {
    organization,
    name: 'Local personal token',
    scopes: sample.tokenScopes,
    kind: 'personal',
    email: sample.users[0].email,
  });
  const ofOrganization = await run('token.create', {
    organization,
    name: 'Local CI token',
    scopes: sample.orgTokenScopes,
    kind: 'organization',
  });
  const tokenSchema = z.object({ token: z.string() });
  return sampleResultSchema.parse({
    projects,
    token: tokenSchema.parse(personal).token,
    orgToken: tokenSchema.parse(ofOrganization).token,
  });
}
