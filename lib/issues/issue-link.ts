/** Which issue, and where our pages are. */
export interface IssueReference {
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly organization: string;
  /** ID or short ID. */
  readonly issue: string;
}

/** The page of an issue, as messages link to it. */
export function issueLink({ publicUrl, organization, issue }: IssueReference): string {
  return `${publicUrl}/organizations/${encodeURIComponent(organization)}/issues/${encodeURIComponent(issue)}/`;
}
