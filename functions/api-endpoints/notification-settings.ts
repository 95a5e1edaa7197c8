import * as z from 'zod';
import { notificationSettingJson, notificationSettingsBody } from '../../lib/projects/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';

const mine = '/api/0/users/me/notification-settings';
const ofTeam = '/api/0/teams/{org}/{team}/notification-settings';
const inTeam = z.object({ org: z.string(), team: z.string() });
const tag = 'Projects';
const settings = {
  200: {
    description: 'All settings; what is not among them is as by default.',
    schema: z.array(notificationSettingJson),
  },
};

export const getMyNotificationSettings = endpoint({
  method: 'GET',
  path: mine,
  id: 'getMyNotificationSettings',
  tag,
  summary: 'Show what the calling person wants to be told of',
  scopes: [],
  parameters: z.object({}),
  query: z.object({}),
  body: noBodySchema,
  answers: settings,
});

export const changeMyNotificationSettings = endpoint({
  method: 'PUT',
  path: mine,
  id: 'changeMyNotificationSettings',
  tag,
  summary: 'Change what the calling person wants to be told of',
  scopes: [],
  parameters: z.object({}),
  query: z.object({}),
  body: notificationSettingsBody,
  answers: settings,
});

export const getTeamNotificationSettings = endpoint({
  method: 'GET',
  path: ofTeam,
  id: 'getTeamNotificationSettings',
  tag,
  summary: 'Show what a team wants to be told of',
  scopes: ['team:read', 'team:write', 'team:admin', 'org:read', 'org:write', 'org:admin'],
  parameters: inTeam,
  query: z.object({}),
  body: noBodySchema,
  answers: settings,
});

export const changeTeamNotificationSettings = endpoint({
  method: 'PUT',
  path: ofTeam,
  id: 'changeTeamNotificationSettings',
  tag,
  summary: 'Change what a team wants to be told of',
  scopes: ['team:write', 'team:admin', 'org:write', 'org:admin'],
  parameters: inTeam,
  query: z.object({}),
  body: notificationSettingsBody,
  answers: settings,
});
