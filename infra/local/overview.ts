import type { LocalFile } from './local-file.ts';

/** What is printed when the stack runs: where everything is and how to try it. */
export function overview(local: LocalFile): string {
  const { url, slack, alert } = local;
  const [project] = local.projects;
  const alertChannel = slack.channels.find(({ id }) => id === alert.channel);
  const rows: readonly (readonly [string, string])[] = [
    ['API', url],
    ['Slack stand-in', `${url}/__local/`],
    ['Lambda endpoint', `${local.endpoint} (stack ${local.stackName})`],
    ['Organization', local.org],
    ...local.projects.map(({ slug, id, dsn }) => ['Project', `${slug} (id ${id})  DSN ${dsn}`] as const),
    ['Repository', local.repository],
    ['Members', local.users.map(({ email, role }) => `${email} (${role})`).join(', ')],
    ['Sign-in', `${local.signIn.issuer} (a provider on this machine; click on who you are, no passwords)`],
    ['Personal token', local.token],
    ['CI token', `${local.orgToken} (org:ci)`],
    ['Slack', `workspace ${slack.teamId}, signing secret ${slack.signingSecret}`],
    [
      'Alert rule',
      `${alert.statsd}: more than ${alert.threshold} in ${alert.windowSeconds} s → #${alertChannel?.name}`,
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const [metric, unit] = alert.statsd.split('@');
  const tryIt = [
    'Create a release:',
    `  SENTRY_URL=${url} SENTRY_ORG=${local.org} SENTRY_AUTH_TOKEN=${local.token} \\`,
    `    npx sentry-cli releases new --project ${project?.slug} 1.0.0`,
    `Open an alert in #${alertChannel?.name}:`,
    `  printf '{}\\n{"type":"statsd"}\\n${metric}@${unit}:${alert.threshold + 1}|c|T%s' "$(date +%s)" | curl --data-binary @- \\`,
    `    -H 'Content-Type: application/x-sentry-envelope' '${envelopeUrl(url, project)}'`,
    `  curl -X POST ${url}/__local/schedule`,
    'Send a slash command, write to the app, press buttons: at the Slack stand-in.',
    `Link yourself: /postflow link there, then sign in as ${local.users.map(({ email }) => email.split('@')[0]).join(', ')} or somebody without rights.`,
    `Install the app in a second workspace: ${url}/extensions/slack/install/`,
    'Everything of the above stands in .postflow/local.json too. Ctrl-C stops.',
  ];
  return ['', ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`), '', ...tryIt, ''].join('\n');
}

function envelopeUrl(url: string, project: LocalFile['projects'][number] | undefined): string {
  const key = project && URL.canParse(project.dsn) ? new URL(project.dsn).username : '';
  return `${url}/api/${project?.id}/envelope/?sentry_key=${key}`;
}
