import { Refusal } from '../refusal.ts';
import type { StandInUser, Workspace } from '../workspace.ts';
import { type Method, paginate } from './method.ts';

/** users.info */
export const info: Method = ({ workspace, args }) => {
  const user = members(workspace).find(({ id }) => id === args.required('user'));
  if (user === undefined) throw new Refusal('user_not_found');
  return { user };
};

/** users.lookupByEmail */
export const lookupByEmail: Method = ({ workspace, args }) => {
  const email = args.required('email').toLowerCase();
  const user = workspace.given.users.find((candidate) => candidate.email.toLowerCase() === email);
  if (user === undefined) throw new Refusal('users_not_found');
  return { user: person(workspace, user) };
};

/** users.list: the people and the app's own bot user. */
export const list: Method = (call) => {
  const { page, nextCursor } = paginate(call, members(call.workspace));
  return { members: page, response_metadata: { next_cursor: nextCursor } };
};

function members(workspace: Workspace) {
  const bot = {
    id: workspace.given.botUserId,
    team_id: workspace.teamId,
    name: 'postflow',
    deleted: false,
    is_bot: true,
    profile: { real_name: 'postflow', display_name: 'postflow', bot_id: workspace.botId },
  };
  return [...workspace.given.users.map((user) => person(workspace, user)), bot];
}

function person(workspace: Workspace, { id, name, email }: StandInUser) {
  return {
    id,
    team_id: workspace.teamId,
    name: email.split('@')[0] ?? name,
    real_name: name,
    deleted: false,
    is_bot: false,
    profile: { email, real_name: name, display_name: name },
  };
}
