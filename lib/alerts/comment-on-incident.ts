import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Reach } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import type { Lookup } from '../platform/lookup.ts';
import { escapeMrkdwn, escapeWithin, storePersonalMessages } from '../slack/index.ts';
import { loadRule } from './alert-rule-store.ts';
import { requireReachedIncident } from './change-incident.ts';
import type { Doer } from './incident-deed.ts';
import type { IncidentActivityJson } from './incident-json.ts';
import { incidentLink } from './incident-link.ts';
import { insertComment, putSubscription } from './incident-talk-store.ts';
import { messages } from './messages.ts';
import { isSnoozed } from './rules/rule-snooze-store.ts';
import { serializeComment } from './serialize-incident.ts';
import { subscribersToTell } from './who-may-hear.ts';

/** What a comment may be. */
export const commentText = z.string().trim().min(1).max(3_000);

/** Escaping makes some texts five times as long; a message has 11,000 characters in all. */
const shownCharacters = 9_000;

/** Who says what about which incident. */
export interface CommentRequest {
  readonly organization: string;
  readonly identifier: number;
  readonly by: Doer;
  readonly reach: Lookup<Reach>;
  readonly text: string;
}

/**
 * Adds a comment to an incident, whose writer hears of it from then on; everybody else who does and still may is told, in a
 * direct message; nobody while the rule is snoozed for everybody. `told` names the messages, which lie in the outbox.
 * @throws NotFoundError also when it is not within reach, UnauthenticatedError
 */
export async function commentOnIncident(
  app: Pick<App, 'table' | 'clock'> & { readonly publicUrl: string },
  { by, text, ...wanted }: CommentRequest,
): Promise<{ readonly comment: IncidentActivityJson; readonly told: readonly string[] }> {
  const incident = await requireReachedIncident(app, wanted);
  const { organization, identifier, ruleId } = incident;
  const at = isoTime(app.clock.now());
  const comment = { organization, identifier, id: randomUUID(), at, by: { userId: by.userId, name: by.name }, text };
  const [rule, subscribers] = await Promise.all([loadRule(app, ruleId), subscribersToTell(app, incident, by.userId)]);
  await app.table.write([insertComment(comment), putSubscription({ organization, identifier, userId: by.userId, at })]);
  const link = incidentLink({ publicUrl: app.publicUrl, organization, ruleId, incident: identifier });
  const told = await storePersonalMessages(app, {
    organization,
    fact: `comment:${comment.id}`,
    userIds: isSnoozed(rule?.snooze, app.clock.now()) ? [] : subscribers,
    message: {
      text: messages.commented(
        escapeMrkdwn(by.name),
        `<${link}|${escapeMrkdwn(rule?.name ?? messages.incidentOfNoRule(identifier)).replaceAll('|', '¦')}>`,
        escapeWithin(text, shownCharacters),
      ),
    },
  });
  return { comment: serializeComment(comment), told };
}
