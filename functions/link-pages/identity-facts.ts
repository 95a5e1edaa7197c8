import type { Fact } from '../pages/components.ts';
import { pageMessages } from '../pages/messages.ts';

const texts = pageMessages.linkPages;

/** Who in Slack, and who here. */
export function identityFacts(who: {
  readonly workspace: { readonly name: string };
  readonly slackUserId: string;
  readonly name?: string | undefined;
  readonly email: string;
}): Fact[] {
  const { workspace, slackUserId, name, email } = who;
  return [
    { name: texts.inSlack, value: workspace.name, small: texts.slackUser(slackUserId) },
    { name: texts.account, value: name ?? email, small: name === undefined ? undefined : email },
  ];
}
