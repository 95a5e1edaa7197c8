import { type AdminCommand, list } from './command.ts';
import { listOf, numeric, optional, organization, required, slug } from './options.ts';

/** Commands about alert rules and digests of them. */
export const alertCommands: readonly AdminCommand[] = [
  {
    noun: 'alert-rule',
    verb: 'create',
    summary: 'post to a channel when a metric crosses a threshold',
    options: [
      organization,
      slug('--project', 'project'),
      required('--name <name>', 'name', 'name of the rule'),
      optional('--metric <name@unit>', 'metric', 'counter, such as checkout.errors@none; or'),
      optional('--aggregate <aggregate>', 'aggregate', 'any other number, such as "count()" or "count_unique(user)"'),
      numeric('--threshold <number>', 'threshold', 'more than this many …'),
      numeric('--window-seconds <number>', 'windowSeconds', '… within this many seconds'),
      required('--workspace <team id>', 'workspace', 'Slack workspace'),
      required('--channel-id <id>', 'channelId', 'Slack channel'),
      required('--channel-name <name>', 'channelName', 'name of that channel, without #'),
    ],
    example:
      'alert-rule create --organization acme --project web --name "Checkout errors" --metric checkout.errors@none ' +
      '--threshold 10 --window-seconds 60 --workspace T0ACME001 --channel-id C0ALERTS01 --channel-name alerts',
  },
  list('alert-rule', 'alert rules'),
  {
    noun: 'digest',
    verb: 'create',
    summary: 'show rules in a channel on a schedule',
    options: [
      organization,
      required('--name <name>', 'name', 'name of the digest'),
      listOf('--rule <id>', 'rules', 'a rule; up to ten of them'),
      required('--schedule <cron>', 'schedule', 'five parts: "0 9 * * 1" is Mondays at 9:00'),
      optional('--time-zone <name>', 'timeZone', 'such as Europe/Berlin; UTC unless told'),
      required('--period <period>', 'period', 'how much of the past: 24h, 7d, 4w'),
      optional('--workspace <team id>', 'integrationId', 'Slack workspace, where there are several'),
      required('--channel-id <id>', 'inputChannelId', 'Slack channel'),
      optional('--channel-name <name>', 'channelName', 'name of that channel, without #'),
    ],
    example:
      'digest create --organization acme --name "Checkout, the week" --rule 4510974078877696 --schedule "0 9 * * 1" ' +
      '--time-zone Europe/Berlin --period 7d --channel-id C0ALERTS01 --channel-name alerts',
  },
  list('digest', 'digests'),
];
