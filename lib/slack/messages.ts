import type { LinkRefusal } from '../platform/signed-link.ts';
import type { InstallGoneReason } from './install-errors.ts';

const rolesNeeded =
  'Teams are linked and unlinked by admins, managers and owners of the organization, and by the admin of the team.';

const linkRules = '_The link is for you alone, works once, and for half an hour._';

const whatComes = (command: string) =>
  `Here you are told of deploys with commits of yours; \`${command} docs\` leads to how to choose that.`;

/** Of a private channel the name may not be known. */
const channelNamed = (channel: string) => (channel === '' ? 'A private channel' : `The channel *${channel}*`);

/** Every sentence that a person reads from the Slack commands. What stands in `${…}` is escaped by the caller. */
export const messages = {
  helpHeader: (command: string) => `*Here is what \`${command}\` can do for you.*`,
  anywhere: '*Anywhere, also in a direct message*',
  inChannels: '*In the channel of a team*',
  forHelp: '*Finding your way*',
  answersArePrivate: 'Only you see the answers.',
  commandLine: (command: string, name: string, description: string) => `\`${command} ${name}\`: ${description}`,
  unknownCommand: (text: string) => `Unknown command: \`${text}\`. Nothing was changed; have a look at the list below.`,
  contactHeader: '*Stuck?*',
  contact: (supportUrl: string) => `Tell us what you tried and what happened: <${supportUrl}|get support>.`,
  docs: (docsUrl: string) => `Setup, permissions and everything else is explained in the <${docsUrl}|documentation>.`,
  support: (supportUrl: string) =>
    `Something not working? <${supportUrl}|Open a support request> and say what you tried, what you expected, and the time it happened.`,
  disconnected: (installUrl: string) =>
    `This Slack workspace is not connected to postflow (any more). A manager or owner of your organization can <${installUrl}|install the app again>: what was linked before is back then. The documentation explains the rest.`,
  docsButton: 'Read the docs',
  alreadyLinked: (email: string, command: string) =>
    `You are linked already, as *${email}*. Is that not you? Type \`${command} unlink\`, and then \`${command} link\` again.`,
  nothingToUnlink: (command: string) =>
    `You are not linked in this workspace, so there is nothing to unlink. Type \`${command} link\` if you want to be.`,
  placeMissing: (command: string) =>
    `Slack did not say who you are, or where you typed this. Please type the command again in a channel; if that does not help, \`${command} support\` tells how to reach us.`,
  notInDirectMessages:
    'Teams are linked to channels, not to direct messages. Type this command again in the channel that is meant.',
  linkYourselfFirst: (command: string) =>
    `We do not know yet who you are: type \`${command} link\` first, and then this command again. ${rolesNeeded}`,
  channelHasTeam: (teams: string, command: string) =>
    `This channel already has a team: ${teams}. To give it to another one, type \`${command} unlink team\` first.`,
  noTeamHere: (command: string) =>
    `No team of yours is linked to this channel. Type \`${command} link team\` here if you want one to be.`,
  insufficientRole: `Your role is not enough for this. ${rolesNeeded} Ask one of them, or have your role changed.`,
  offerLinkUser: (url: string) =>
    `<${url}|Link yourself to postflow> so that we know you here: you can then be told of what concerns you, act on it from Slack, and link your teams. ${linkRules}`,
  offerUnlinkUser: (url: string, email: string, command: string) =>
    `<${url}|Unlink yourself from postflow>: you are linked as *${email}*. After that we do not know you here any more; your teams stay linked. \`${command} link\` links you again at any time. ${linkRules}`,
  offerLinkTeam: (url: string) =>
    `<${url}|Choose a team for this channel>: its alerts will then be posted here. ${linkRules}`,
  offerUnlinkTeam: (url: string, team: string, command: string) =>
    `<${url}|Unlink the team ${team} from this channel>: its alerts will not be posted here any more. \`${command} link team\` links it again. ${linkRules}`,
  teamOf: (team: string, organization: string) => `${team} (${organization})`,
  furtherTeams: (count: number) => `and ${count} more; type the command again to see them when these are unlinked`,
  linkGone: (reason: LinkRefusal | 'used') =>
    `${linkGoneBecause[reason]} Go back to Slack and type the command again: you get a new link at once.`,
  linked: (email: string, command: string, isNewHere: boolean) =>
    `You are linked: here you are *${email}* now.${isNewHere ? ` ${whatComes(command)}` : ''} \`${command} unlink\` undoes it.`,
  unlinked: (email: string, command: string) =>
    `You are not linked as *${email}* any more. \`${command} link\` links you again whenever you like.`,
  teamLinked: (team: string, slackUserId: string, command: string) =>
    `This is the channel of the team *${team}* now: alerts and messages for the team are sent here; <@${slackUserId}> linked it. \`${command} unlink team\` undoes it.`,
  teamMoved: (team: string, slackUserId: string, channelId: string) =>
    `The channel of the team *${team}* is <#${channelId}> now: alerts and messages for the team are sent there, and not here any more; <@${slackUserId}> moved it.`,
  teamUnlinked: (team: string, slackUserId: string, command: string) =>
    `This is not the channel of the team *${team}* any more; <@${slackUserId}> unlinked it. \`${command} link team\` links it again.`,
  workspaceGone:
    'This Slack workspace is not connected to postflow (any more). Ask an administrator to install the app again, then type the command in Slack once more.',
  channelArchived: (channel: string, team: string, command: string) =>
    `${channelNamed(channel)} was archived, so alerts of the team *${team}*, which you linked to it, reach nobody there. When the channel comes back, so do they. To have them elsewhere now, type \`${command} link team\` in another channel.`,
  channelDeleted: (channel: string, team: string, command: string) =>
    `${channelNamed(channel)} was deleted. The team *${team}*, which you linked to it, has no channel here any more: type \`${command} link team\` in the channel that its alerts should come to.`,
  linkToUnfurl: (url: string) =>
    `Links to postflow are shown here with what they lead to, once we know that you may see it. <${url}|Link yourself to postflow>, and share the link again. ${linkRules} You are asked only this once.`,
  eventTaken: 'Another delivery of this event is at work.',
  answerInBlocks: 'Here is what you can do.',
  workspaceNotYours: (teamId: string) =>
    `The organization does not use the Slack workspace "${teamId}" (any more). The list of its workspaces shows which it does.`,
  installNotYours: (organization: string) =>
    `Connecting "${organization}" with Slack is for its managers and owners. Ask one of them, or have your role changed.`,
  foreignWorkspace:
    'You signed in with Slack in a workspace that this organization does not use. Sign in through a workspace that is connected already; from there another one can be added, which you then choose at Slack.',
  installGone: (reason: InstallGoneReason) =>
    `${installGoneBecause[reason]} Nothing was connected. Begin again on the page of your Slack workspaces.`,
  installForWholeGrid:
    'postflow was installed for a whole Enterprise organization, and it works in single workspaces only. Nothing was connected. Remove the app there, and install it again while a single workspace is chosen in the upper right corner.',
  installWithoutBot:
    'Slack gave no bot for this workspace, so nothing was connected. Make the Slack app anew from the manifest, which has a bot user, and begin again.',
  installLacksScopes: (scopes: readonly string[]) =>
    `Slack granted less than postflow needs (missing: ${scopes.join(', ')}), so nothing was connected. Bring the settings of the Slack app to what the manifest says, and begin again.`,
  installNotSetUp:
    'The Slack app of this installation is not set up yet. Whoever runs postflow finds in docs/deploy.md, step 4, how to do that.',
  changedMeanwhile: 'Somebody else is changing the same thing right now. Nothing was changed; please try again.',
  notMemberHere:
    'The account that you signed in with is in none of the organizations of this Slack workspace. Sign in with another account, or ask a manager of the organization to add you.',
  notYourIdentity:
    'This Slack user is linked to somebody else. Only they themselves, or a manager or owner of their organization, can unlink it.',
  notYourLink:
    'This link was made for another person. Sign in with the account that you linked to Slack, or type the command in Slack yourself.',
  notLinkedYet:
    'You are not linked to postflow in this Slack workspace. Type the command with "link" in Slack first, then ask for this link again.',
  organizationNotHere: (organization: string) =>
    `The organization "${organization}" does not use this Slack workspace, or you are not in it. Ask one of its managers.`,
  teamNotHere: (team: string) =>
    `There is no team "${team}" in this organization (any more). Go back and choose another one.`,
  teamNotYours: (team: string) =>
    `You cannot decide for the team "${team}". That takes a manager or owner of the organization, an admin who is in the team, or the team's own admin.`,
  teamNotYoursToUnlink: (team: string) =>
    `You cannot decide for the team "${team}". That takes an admin, a manager or an owner of the organization, or the team's own admin.`,
  channelHasOtherTeam: (team: string) =>
    `This channel has the team "${team}" already. Unlink that one first by typing the command with "unlink team" in the channel, or choose another channel.`,
} as const;

const linkGoneBecause: Readonly<Record<LinkRefusal | 'used', string>> = {
  forged: 'This link is not one of ours, or a part of it got lost on the way. Nothing was changed.',
  expired: 'A link from Slack works for half an hour, and this one is older. Nothing was changed.',
  'other-purpose': 'This link is for another page. Nothing was changed.',
  used: 'A link from Slack works once only, and this one has done its work.',
};

const installGoneBecause: Readonly<Record<InstallGoneReason, string>> = {
  forged: 'Slack sent you back with something that we did not begin, or a part of it got lost on the way.',
  expired: 'This took too long: an installation has to be finished within ten minutes.',
  used: 'This installation was finished already, and works once only.',
  'other-session': 'This installation was begun in another browser, or by somebody else.',
};

/** The commands that exist, by where they are of use; help shows them sorted by name. */
export const commandDescriptions = {
  anywhere: {
    link: 'tells us who you are, so that you can act from Slack',
    unlink: 'makes us forget who you are here',
  },
  inChannels: {
    'link team': 'has the alerts of a team posted in the channel',
    'unlink team': 'stops posting the alerts of a team in the channel',
  },
  forHelp: {
    docs: 'where everything is explained',
    help: 'shows this list',
    support: 'how to reach somebody who can help',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What stands on the buttons of our messages. */
export const buttonMessages = {
  'incident.acknowledge': 'Acknowledge',
  'incident.resolve': 'Resolve',
  'incident.chart': 'Last 24 hours',
  'issue.resolve': 'Resolve',
  'issue.archive': 'Archive',
  'issue.review': 'Mark reviewed',
  'issue.reopen': 'Reopen',
  open: 'Open',
} as const;

const issueFields = {
  state: 'State',
  assignee: 'Assigned to',
  project: 'Project',
  level: 'Level',
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
} as const;

/** What the card of an issue says. What stands in `${…}` is escaped by the caller. */
export const issueCardMessages = {
  heading: (link: string, shortId: string, title: string) => `<${link}|*${shortId}*> ${title}`,
  fallback: (shortId: string, title: string, state: string) => `${shortId}: ${title} (${state})`,
  field: (name: keyof typeof issueFields, text: string) => `*${issueFields[name]}*\n${text}`,
  inRelease: (time: string, release: string) => `${time} in ${release}`,
  nobody: 'nobody yet',
  states: { new: 'New', ongoing: 'Ongoing', regressed: 'Back again', resolved: 'Resolved', archived: 'Archived' },
} as const;

/** What is said of releases and deploys. What stands in `${…}` is escaped by the caller. */
export const releaseMessages = {
  heading: (link: string, version: string) => `<${link}|*Release ${version}*>`,
  projects: (names: string) => `*Projects:* ${names}`,
  commits: (count: number) => `*Commits:* ${count.toLocaleString('en-US')}`,
  released: (time: string) => `*Released:* ${time}`,
  created: (time: string) => `*Created:* ${time}, not released yet`,
  authors: (names: string) => `*Authors:* ${names}`,
  deploy: (environment: string, time: string) => `*Last deploy:* to ${environment}, ${time}`,
  andMore: (names: string, count: number) => `${names} and ${count} more`,
  fallback: (version: string, commits: number) => `Release ${version} (${commits} commits)`,
  deployed: (link: string, version: string, environment: string) =>
    `Your commits are on *${environment}*: <${link}|release ${version}> was deployed there.`,
  deployedFallback: (version: string, environment: string) => `Release ${version} was deployed to ${environment}.`,
  deployLink: (link: string) => `<${link}|See the deploy>`,
} as const;
