import { incidentLink } from '../../lib/alerts/incident-link.ts';
import { incidentMessage } from '../../lib/alerts/incident-message.ts';
import type { CommandDecision } from '../../lib/slack/answer-for.ts';
import { answerText } from '../../lib/slack/answer-text.ts';
import { disconnectedBlocks, docsBlocks, helpBlocks, supportBlocks } from '../../lib/slack/help-blocks.ts';
import { issueCard, issueMessage } from '../../lib/slack/issue-message.ts';
import { contentArguments } from '../../lib/slack/message-arguments.ts';
import { deployMessage, releaseCard } from '../../lib/slack/release-message.ts';
import { slackLink } from '../../lib/slack/slack-link.ts';
import type { Outside } from './outside-text.ts';

/** Our own address in messages. */
export const ourUrl = 'https://postflow.example';

const surroundings = { command: '/postflow', docsUrl: `${ourUrl}/docs`, supportUrl: `${ourUrl}/support` } as const;

const linkApp = {
  clock: { now: () => 0 },
  linkSigningKey: 'a signing key for tests',
  publicUrl: ourUrl,
  randomText: () => 'random',
} as const;

/** Makes a message out of what others have chosen. A new one is tried by being named here. */
export type MessageBuilder = (outside: Outside) => unknown;

const answer =
  (decide: (outside: Outside) => CommandDecision): MessageBuilder =>
  (outside) => ({
    text: answerText(decide(outside), surroundings.command, (organization) =>
      slackLink(linkApp, 'unlink-team', {
        teamId: 'T1',
        slackUserId: 'U1',
        channelId: 'C1',
        channelName: outside('channel'),
        organization: organization ?? '',
        responseUrl: outside('response_url'),
      }),
    ),
  });

const place = (outside: Outside) => ({
  teamId: 'T1',
  slackUserId: 'U1',
  channelId: 'C1',
  channelName: outside('channel'),
});

const teams = (outside: Outside) =>
  [1, 2, 3, 4, 5, 6].map((number) => ({
    organization: outside(`organization ${number}`),
    team: outside(`team ${number}`),
  }));

const issue = (outside: Outside) => ({
  organization: 'acme',
  id: '17',
  shortId: outside('short ID'),
  link: `${ourUrl}/organizations/acme/issues/17/`,
  title: outside('title'),
  culprit: outside('culprit'),
  level: outside('level'),
  status: 'unresolved' as const,
  substatus: outside('substatus'),
  inInbox: true,
  project: outside('project'),
  firstSeen: '2026-03-02T09:00:00.000Z',
  lastSeen: '2026-03-02T10:00:00.000Z',
  firstRelease: outside('first release'),
  lastRelease: outside('last release'),
  assignee: outside('assignee'),
});

const incident = (outside: Outside) => ({
  status: 'critical' as const,
  ruleName: outside('rule'),
  projectName: outside('project'),
  statusText: outside('status'),
  startedAt: '2026-03-02T09:00:00.000Z',
  link: incidentLink({ publicUrl: ourUrl, organization: 'acme', ruleId: '12', incident: 7 }),
  organization: 'acme',
  incident: 7,
});

const release = (outside: Outside) => ({
  version: outside('version'),
  link: `${ourUrl}/organizations/acme/releases/${outside('version').toWellFormed()}/`,
  projects: [outside('project'), outside('other project')],
  environment: outside('environment'),
});

/** Every message that we compose. */
export const messageBuilders: Readonly<Record<string, MessageBuilder>> = {
  help: (outside) => helpBlocks(surroundings, outside('command')),
  'the documentation': () => docsBlocks(surroundings),
  support: () => supportBlocks(surroundings),
  'a disconnected workspace': () => disconnectedBlocks(surroundings, { publicUrl: ourUrl }),
  'already linked': answer((outside) => ({ outcome: 'already-linked', email: outside('address') })),
  'not linked': answer(() => ({ outcome: 'not-linked' })),
  'link yourself': answer((outside) => ({ outcome: 'offer-link-user', place: place(outside) })),
  'unlink yourself': answer((outside) => ({
    outcome: 'offer-unlink-user',
    place: place(outside),
    email: outside('address'),
  })),
  'link a team': answer((outside) => ({ outcome: 'offer-link-team', place: place(outside) })),
  'unlink teams': answer((outside) => ({ outcome: 'offer-unlink-team', place: place(outside), teams: teams(outside) })),
  'a channel with teams': answer((outside) => ({ outcome: 'channel-has-team', teams: teams(outside) })),
  'an issue': (outside) => contentArguments(issueMessage(issue(outside))),
  'an unfurled issue': (outside) => contentArguments({ text: '', box: issueCard(issue(outside)) }),
  'an unfurled release': (outside) =>
    contentArguments({
      text: '',
      box: releaseCard({
        ...release(outside),
        date: '2026-03-02T09:00:00.000Z',
        isReleased: true,
        commits: 3,
        authors: [outside('author'), outside('other author')],
        deploy: { environment: outside('environment'), date: '2026-03-02T09:00:00.000Z' },
      }),
    }),
  'a deploy': (outside) =>
    contentArguments(
      deployMessage({
        ...release(outside),
        deployLink: `${ourUrl}/${outside('address of the deploy').toWellFormed()}`,
      }),
    ),
  'an incident': (outside) => contentArguments(incidentMessage(incident(outside))),
  'an incident that somebody looks after': (outside) =>
    contentArguments(
      incidentMessage({
        ...incident(outside),
        deeds: [
          { kind: 'acknowledged', at: '2026-03-02T09:00:00.000Z', name: outside('person') },
          { kind: 'resolved', at: '2026-03-02T09:00:00.000Z', name: outside('person'), mention: 'U0ADA00001' },
        ],
      }),
    ),
};
