/** Statuses of an incident that somebody is told of while it lasts, the worst first. */
export const activeStatuses = ['critical', 'warning'] as const;

/** A status of an incident that is not over. */
export type ActiveStatus = (typeof activeStatuses)[number];

/** Statuses that are told of. */
export const toldStatuses = [...activeStatuses, 'closed'] as const;

/** A status that is told of. */
export type ToldStatus = (typeof toldStatuses)[number];

/** How each status is called, and the colour of the edge of its message. */
export const statusLooks: Readonly<Record<ToldStatus, { readonly label: string; readonly color: string }>> = {
  critical: { label: 'Critical', color: '#FA4747' },
  warning: { label: 'Warning', color: '#FFC227' },
  closed: { label: 'Resolved', color: '#4DC771' },
};

/** How an incident ends when its metric is not the reason: its rule was changed, or deleted. */
export const incidentEndings = ['rule-updated', 'rule-deleted'] as const;

/** How an incident ends when its metric is not the reason. */
export type IncidentEnding = (typeof incidentEndings)[number];
