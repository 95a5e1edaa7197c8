import { sample } from './sample-data.ts';
import type { StandInWorkspace } from './slack/stand-in.ts';

/** The workspaces of the Slack stand-in: one where the app is installed, and one where it can be. */
export function slackWorkspaces(botToken: string): StandInWorkspace[] {
  const members = sample.users.map(({ slackUserId, name, email }) => ({ id: slackUserId, name, email }));
  const guests = sample.outsiders.flatMap((person) =>
    'slackUserId' in person ? [{ id: person.slackUserId, name: person.name, email: person.email }] : [],
  );
  return [
    { ...sample.workspace, botToken, channels: [...sample.channels], users: [...members, ...guests] },
    sample.otherWorkspace,
  ];
}
