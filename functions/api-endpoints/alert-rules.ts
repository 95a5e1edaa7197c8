import * as z from 'zod';
import {
  alertRuleBody,
  alertRuleChangesBody,
  alertRuleJson,
  alertRulePreviewBody,
  alertRulePreviewJson,
  snoozeBody,
  snoozeJson,
  snoozeTargetChoice,
} from '../../lib/alerts/index.ts';
import type { Scope } from '../../lib/organizations/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';
import { textParameter } from '../middleware/query-parameters.ts';

const ofOrganization = '/api/0/organizations/{org}/alert-rules';
const ofProject = '/api/0/projects/{org}/{project}/alert-rules';
const inOrganization = z.object({ org: z.string() });
const inProject = z.object({ org: z.string(), project: z.string().meta({ description: 'Slug or ID.' }) });
const aRule = { rule: z.string().meta({ description: 'ID.' }) };
const tag = 'Alerts';

const readers: readonly Scope[] = ['alerts:read', 'alerts:write'];
const organizationReaders: readonly Scope[] = [...readers, 'org:read', 'org:write', 'org:admin'];
const organizationWriters: readonly Scope[] = ['alerts:write', 'org:write', 'org:admin'];
const projectReaders: readonly Scope[] = [...readers, 'project:read', 'project:write', 'project:admin'];
const projectWriters: readonly Scope[] = ['alerts:write', 'project:write', 'project:admin'];

const pageOfRules = { 200: { description: 'A page of rules.', schema: z.array(alertRuleJson) } };
const oneRule = { 200: { description: 'The rule.', schema: alertRuleJson } };
const newRule = { 201: { description: 'Created.', schema: alertRuleJson } };

export const listAlertRules = endpoint({
  method: 'GET',
  path: ofOrganization,
  id: 'listAlertRules',
  tag,
  summary: 'List the alert rules of the projects that the caller reaches, oldest first',
  scopes: organizationReaders,
  parameters: inOrganization,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: pageOfRules,
  paged: true,
});

export const createAlertRule = endpoint({
  method: 'POST',
  path: ofOrganization,
  id: 'createAlertRule',
  tag,
  summary: 'Create an alert rule for one project',
  scopes: organizationWriters,
  parameters: inOrganization,
  query: z.object({}),
  body: alertRuleBody,
  answers: newRule,
});

export const getAlertRule = endpoint({
  method: 'GET',
  path: `${ofOrganization}/{rule}`,
  id: 'getAlertRule',
  tag,
  summary: 'Show an alert rule',
  scopes: organizationReaders,
  parameters: inOrganization.extend(aRule),
  query: z.object({}),
  body: noBodySchema,
  answers: oneRule,
});

export const updateAlertRule = endpoint({
  ...getAlertRule,
  method: 'PUT',
  id: 'updateAlertRule',
  summary: 'Change an alert rule, which ends its open incident; what is left out stays',
  scopes: organizationWriters,
  body: alertRuleChangesBody,
});

export const deleteAlertRule = endpoint({
  ...getAlertRule,
  method: 'DELETE',
  id: 'deleteAlertRule',
  summary: 'Delete an alert rule, which ends its open incident',
  scopes: organizationWriters,
  answers: { 204: { description: 'Deleted.' } },
});

export const snoozeAlertRule = endpoint({
  ...getAlertRule,
  method: 'POST',
  path: `${ofOrganization}/{rule}/snooze`,
  id: 'snoozeAlertRule',
  summary: 'Hear nothing of an alert rule for a while, or have nobody told',
  body: snoozeBody,
  answers: { 201: { description: 'It is snoozed.', schema: snoozeJson } },
});

export const unsnoozeAlertRule = endpoint({
  ...snoozeAlertRule,
  method: 'DELETE',
  id: 'unsnoozeAlertRule',
  summary: 'End the snooze of an alert rule',
  query: z.object({
    target: textParameter('`me` or `everyone`; both unless told.').pipe(snoozeTargetChoice),
  }),
  body: noBodySchema,
  answers: { 204: { description: 'Messages come again.' } },
});

export const listProjectAlertRules = endpoint({
  ...listAlertRules,
  path: ofProject,
  id: 'listProjectAlertRules',
  summary: 'List the alert rules of a project, oldest first',
  scopes: projectReaders,
  parameters: inProject,
});

export const createProjectAlertRule = endpoint({
  ...createAlertRule,
  path: ofProject,
  id: 'createProjectAlertRule',
  summary: 'Create an alert rule for the project of the address',
  scopes: projectWriters,
  parameters: inProject,
});

export const getProjectAlertRule = endpoint({
  ...getAlertRule,
  path: `${ofProject}/{rule}`,
  id: 'getProjectAlertRule',
  summary: 'Show an alert rule of a project',
  scopes: projectReaders,
  parameters: inProject.extend(aRule),
});

export const updateProjectAlertRule = endpoint({
  ...updateAlertRule,
  path: `${ofProject}/{rule}`,
  id: 'updateProjectAlertRule',
  summary: 'Change an alert rule of a project, which ends its open incident; what is left out stays',
  scopes: projectWriters,
  parameters: inProject.extend(aRule),
});

export const deleteProjectAlertRule = endpoint({
  ...deleteAlertRule,
  path: `${ofProject}/{rule}`,
  id: 'deleteProjectAlertRule',
  summary: 'Delete an alert rule of a project, which ends its open incident',
  scopes: projectWriters,
  parameters: inProject.extend(aRule),
});

export const snoozeProjectAlertRule = endpoint({
  ...snoozeAlertRule,
  path: `${ofProject}/{rule}/snooze`,
  id: 'snoozeProjectAlertRule',
  summary: 'Hear nothing of an alert rule of a project for a while, or have nobody told',
  scopes: projectReaders,
  parameters: inProject.extend(aRule),
});

export const unsnoozeProjectAlertRule = endpoint({
  ...unsnoozeAlertRule,
  path: `${ofProject}/{rule}/snooze`,
  id: 'unsnoozeProjectAlertRule',
  summary: 'End the snooze of an alert rule of a project',
  scopes: projectReaders,
  parameters: inProject.extend(aRule),
});

export const previewAlertRule = endpoint({
  method: 'POST',
  path: `${ofOrganization}/preview`,
  id: 'previewAlertRule',
  tag,
  summary: 'Say what a rule would have done in the last two weeks, without making it',
  scopes: organizationReaders,
  parameters: inOrganization,
  query: z.object({}),
  body: alertRulePreviewBody,
  answers: { 200: { description: 'The incidents that it would have opened.', schema: alertRulePreviewJson } },
});
