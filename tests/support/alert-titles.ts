import type { AlertingApp } from './alerting-app.ts';

/** What the title of an alert begins with: Critical, Warning or Resolved. Every message about one begins with it, as a link. */
export function alertTitle(text: string): string | undefined {
  return /\|\*(\w+)/u.exec(text)?.[1];
}

/** How the titles of the messages begin that Slack shows now, in the order in which they were posted. */
export function alertTitles({ slackServer }: Pick<AlertingApp, 'slackServer'>): (string | undefined)[] {
  return slackServer.messages().map(({ text }) => alertTitle(text));
}
