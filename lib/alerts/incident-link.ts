/** What the link leads to. */
export interface IncidentReference {
  readonly publicUrl: string;
  readonly organization: string;
  readonly ruleId: string;
  readonly incident?: number | undefined;
  readonly notificationId?: string;
  /** Says from where people come; nothing when it is undefined. */
  readonly referrer?: string | undefined;
}

/** What links in messages of incidents say of where people come from. */
export const messageReferrer = 'metric_alert_slack';

/** The page of a rule with one of its incidents, as messages link to it. */
export function incidentLink(reference: IncidentReference): string {
  const { publicUrl, organization, ruleId, incident, notificationId, referrer } = reference;
  const path = ['organizations', organization, 'alerts', 'rules', 'details', ruleId].map(encodeURIComponent).join('/');
  const query = new URLSearchParams({
    ...(incident !== undefined && { alert: String(incident) }),
    ...(referrer !== undefined && { referrer }),
    ...(notificationId !== undefined && { notification_uuid: notificationId }),
  });
  return `${publicUrl}/${path}/${query.size > 0 ? `?${query}` : ''}`;
}
