import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { itemType } from '../platform/item-type.ts';
import { dynamoTransactionActions } from '../platform/limits.ts';
import type { PageSource } from '../platform/pagination.ts';
import { sortableNumber } from '../platform/sortable-number.ts';
import { type Condition, type Key, notThere, type Table, type WriteAction } from '../platform/table.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { deedSchema, type IncidentDeed } from './incident-deed.ts';

/** How an incident may stand. */
export const incidentStatuses = ['open', 'warning', 'critical', 'closed'] as const;

const incident = itemType({
  name: 'incident',
  schema: z.object({
    organization: z.string(),
    /** 1, 2, 3 … within the organization; what people call it by. */
    identifier: z.number(),
    ruleId: z.string(),
    projectId: z.string(),
    status: z.enum(incidentStatuses),
    /** The beginning of the first window that was too much. */
    startedAt: z.string(),
    /** The end of the window in which that was seen. */
    detectedAt: z.string(),
    createdAt: z.string(),
    closedAt: z.string().nullable(),
    /** The value furthest beyond the thresholds, and the last one, as they were when the status last changed. */
    worstValue: z.number().nullable().optional(),
    lastValue: z.number().nullable().optional(),
    /** What people did about it, in order; each kind once. */
    deeds: z.array(deedSchema).optional(),
  }),
  key: (at: IncidentAddress) => ({ pk: incidentPartition(at), sk: 'INCIDENT' }),
  address: (value): IncidentAddress => value,
  index: ({ organization, ruleId, identifier }) => ({
    ...{ gsi1pk: incidentsOf(ruleId), gsi1sk: sortableNumber(identifier) },
    ...{ gsi2pk: incidentsIn(organization), gsi2sk: sortableNumber(identifier) },
  }),
});

/** Which incident. */
export interface IncidentAddress {
  readonly organization: string;
  readonly identifier: number;
}

/** A time in which a metric was beyond its threshold. */
export type Incident = ReturnType<typeof incident.fromItem>;

/** The partition of an incident: the incident, its activities and its notifications. */
export function incidentPartition({ organization, identifier }: IncidentAddress): string {
  return `INCIDENT#${organization}#${identifier}`;
}

/** The number that the newest incident of the organization has; 0 before the first one. */
export async function loadLastIdentifier({ table }: Pick<App, 'table'>, organization: string): Promise<number> {
  const item = await table.get(counterKey(organization), { consistent: true });
  return item === undefined ? 0 : counterSchema.parse(item).last;
}

/** The writes that make a new incident, and no second one with its number. */
export function insertIncident(value: Incident): WriteAction[] {
  return [{ put: incident.toItem(value), onlyIf: notThere }, takeIdentifier(value)];
}

const notOver: Condition = {
  expression: 'attribute_exists(pk) AND #standing <> :over',
  names: { '#standing': 'status' },
  values: { ':over': 'closed' },
};

/** The write that gives an incident another status, or ends it; refused when it has ended already. */
export function turnIncident(
  at: IncidentAddress,
  { status, closedAt, worstValue, lastValue }: Pick<Incident, 'status' | 'closedAt' | 'worstValue' | 'lastValue'>,
): WriteAction {
  return {
    update: incident.key(at),
    set: {
      expression: 'SET #status = :status, #closedAt = :closedAt, #worst = :worst, #last = :last',
      names: { '#status': 'status', '#closedAt': 'closedAt', '#worst': 'worstValue', '#last': 'lastValue' },
      values: { ':status': status, ':closedAt': closedAt, ':worst': worstValue ?? null, ':last': lastValue ?? null },
    },
    onlyIf: notOver,
  };
}

/** The write that notes what people did, and ends the incident when they resolved it; refused when it has ended already. */
export function recordDeeds(at: IncidentAddress, deeds: readonly IncidentDeed[]): WriteAction {
  const end = deeds.find(({ kind }) => kind === 'resolved');
  return {
    update: incident.key(at),
    set: {
      expression: `SET #deeds = :deeds${end === undefined ? '' : ', #status = :closed, #closedAt = :closedAt'}`,
      names: { '#deeds': 'deeds', ...(end && { '#status': 'status', '#closedAt': 'closedAt' }) },
      values: { ':deeds': deeds, ...(end && { ':closed': 'closed', ':closedAt': end.at }) },
    },
    onlyIf: notOver,
  };
}

/** The incident as the last write left it. */
export async function loadIncident(
  { table }: Pick<App, 'table'>,
  { organization, identifier }: IncidentAddress,
): Promise<Incident | undefined> {
  const item = await table.get(incident.key({ organization, identifier }), { consistent: true });
  return item && incident.fromItem(item);
}

/** Some incidents of a rule, oldest first. */
export async function findIncidents(
  { table }: Pick<App, 'table'>,
  ruleId: string,
  limit: number,
): Promise<IncidentAddress[]> {
  const { items } = await table.query({ index: 'gsi1', partition: incidentsOf(ruleId), limit });
  return items.map(incident.fromItem);
}

/** One more than a full page, so that whether there is another one is known without another request. */
const incidentsPerRequest = 101;

/**
 * The newest incidents of a rule, newest first, as far as they were in its project: a rule may have been moved, and who
 * reaches it now need not reach where it was before.
 */
export async function findNewestIncidents(
  { table }: Pick<App, 'table'>,
  rule: Pick<AlertRule, 'id' | 'projectId'>,
  limit: number,
): Promise<Incident[]> {
  const query = { index: 'gsi1', partition: incidentsOf(rule.id), descending: true } as const;
  const newest = (await table.query({ ...query, limit })).items.map(incident.fromItem);
  const own = newest.filter((one) => isOfRule(one, rule));
  if (own.length === newest.length) return own;
  const { items } = await table.query({ ...query, limit: Math.max(limit, incidentsPerRequest) });
  return items
    .map(incident.fromItem)
    .filter((one) => isOfRule(one, rule))
    .slice(0, limit);
}

/** Whether an incident is one of the rule in the project where the rule is now. */
export function isOfRule(
  incident: Pick<Incident, 'ruleId' | 'projectId'> | undefined,
  rule: Pick<AlertRule, 'id' | 'projectId'>,
): boolean {
  return incident !== undefined && incident.ruleId === rule.id && incident.projectId === rule.projectId;
}

/** The incidents of an organization, or of one of its rules, newest first; positions are their numbers as sort keys. */
export function incidentSource(
  table: Table,
  { organization, ruleId }: { readonly organization: string; readonly ruleId?: string | undefined },
): PageSource<Incident> {
  const list =
    ruleId === undefined
      ? ({ index: 'gsi2', partition: incidentsIn(organization) } as const)
      : ({ index: 'gsi1', partition: incidentsOf(ruleId) } as const);
  return async function* ({ after, backwards }) {
    const from = after === undefined ? {} : { after };
    for await (const item of table.queryAll({ ...list, ...from, descending: !backwards, limit: incidentsPerRequest })) {
      const value = incident.fromItem(item);
      yield { position: sortableNumber(value.identifier), item: value };
    }
  };
}

/**
 * Erases an incident with its activities and notifications, some with every call, the incident itself last, so that it is
 * found until all is gone. Says false when nothing was left.
 */
export async function eraseIncident({ table }: Pick<App, 'table'>, at: IncidentAddress): Promise<boolean> {
  const query = { partition: incidentPartition(at), limit: dynamoTransactionActions, consistent: true };
  const { items } = await table.query(query);
  const { sk } = incident.key(at);
  const others = items.filter((item) => item.sk !== sk);
  const erased = others.length > 0 ? others : items;
  if (erased.length > 0) await table.write(erased.map((item) => ({ delete: { pk: item.pk, sk: item.sk } })));
  return erased.length > 0;
}

function incidentsOf(ruleId: string): string {
  return `ALERT_RULE#${ruleId}#INCIDENTS`;
}

function incidentsIn(organization: string): string {
  return `ORG#${organization}#INCIDENTS`;
}

const counterSchema = z.object({ last: z.number() });

function counterKey(organization: string): Key {
  return { pk: `ORG#${organization}`, sk: 'INCIDENT_COUNTER' };
}

/** Numbers have no gaps: the counter moves in the transaction that makes the incident, and from the number before it only. */
function takeIdentifier({ organization, identifier }: IncidentAddress): WriteAction {
  return {
    update: counterKey(organization),
    set: {
      expression: 'SET #last = :identifier, #itemType = :itemType',
      names: { '#last': 'last', '#itemType': 'itemType' },
      values: { ':identifier': identifier, ':itemType': 'incident counter' },
    },
    onlyIf: identifier === 1 ? notThere : { expression: '#last = :before', values: { ':before': identifier - 1 } },
  };
}
