/** What the link leads to. */
export interface IncidentReference {
  readonly publicUrl: string;
  readonly organization: string;
  readonly ruleId: string;
  readonly incident?: number | undefined;
  readonly notificationId?: string;
}

/** The page of a rule with one of its incidents, as Slack messages link to it. */
export function incidentLink(reference: IncidentReference): string {
  const { publicUrl, organization, ruleId, incident, notificationId } = reference;
  const path = ['organizations', organization, 'alerts', 'rules', 'details', ruleId].map(encodeURIComponent).join('/');
  const query = new URLSearchParams({
    ...(incident !== undefined && { alert: String(incident) }),
    referrer: 'metric_alert_slack',
    ...(notificationId !== undefined && { notification_uuid: notificationId }),
  });
  return `${publicUrl}/${path}/?${query}`;
}
