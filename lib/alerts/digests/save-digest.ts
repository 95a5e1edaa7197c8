import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import { ConflictError } from '../../platform/errors.ts';
import { saveWithSnowflakeId } from '../../platform/save-with-snowflake-id.ts';
import { writeWithId } from '../../platform/write-with-id.ts';
import type { ActionsApp } from '../rules/resolve-actions.ts';
import type { RuleCaller } from '../rules/resolve-rule.ts';
import type { DigestBody, DigestChanges } from './digest-body.ts';
import { writePeriod } from './digest-period.ts';
import { nextOccurrence } from './digest-schedule.ts';
import { type Digest, insertDigest, replaceDigest } from './digest-store.ts';
import { digestFaults } from './messages.ts';
import { type ReachedDigest, requireReachedDigest } from './reached-digest.ts';
import { resolveDigest } from './resolve-digest.ts';

/**
 * Creates a digest; the first one comes at the next time of its schedule.
 * @throws InvalidFieldsError naming all that is wrong, UnauthenticatedError for who has left the organization
 */
export async function createDigest(
  app: ActionsApp & Pick<App, 'ids' | 'clock'>,
  { caller, body }: { readonly caller: RuleCaller; readonly body: DigestBody },
): Promise<ReachedDigest> {
  const { terms, rules } = await resolveDigest(app, { caller, body });
  const { organization, userId } = caller;
  const nowMs = app.clock.now();
  const digest = await saveWithSnowflakeId(app.ids, 'digest', async (id) => {
    const made: Digest = {
      ...{ id, organization },
      ...terms,
      nextAt: terms.enabled ? nextAfter(terms, nowMs) : null,
      createdAt: isoTime(nowMs),
      ...(userId !== undefined && { createdBy: userId }),
      revision: 1,
    };
    await writeWithId(app.table, 'digest', id, [insertDigest(made)]);
    return made;
  });
  return { digest, rules };
}

/**
 * Changes a digest; what is left out stays. With another schedule the next one comes at its next time; with the same one what is
 * due stays due.
 * @throws NotFoundError, InvalidFieldsError, ConflictError when somebody else was faster, UnauthenticatedError
 */
export async function updateDigest(
  app: ActionsApp & Pick<App, 'clock'>,
  {
    caller,
    digestId,
    changes,
  }: { readonly caller: RuleCaller; readonly digestId: string; readonly changes: DigestChanges },
): Promise<ReachedDigest> {
  const { digest: before } = await requireReachedDigest(app, { caller, digestId });
  const { revision, ...sent } = changes;
  if (revision != null && revision !== before.revision) throw new ConflictError(digestFaults.changedMeanwhile);
  const body = changedBody(before, sent);
  const { terms, rules } = await resolveDigest(app, { caller, body, before });
  const nowMs = app.clock.now();
  const isSameSchedule = terms.cron === before.cron && terms.timeZone === before.timeZone;
  const next: Digest = {
    ...before,
    ...terms,
    nextAt: !terms.enabled ? null : ((isSameSchedule ? before.nextAt : null) ?? nextAfter(terms, nowMs)),
    editedAt: isoTime(nowMs),
    revision: before.revision + 1,
  };
  if (!(await replaceDigest(app, next, before))) throw new ConflictError(digestFaults.changedMeanwhile);
  return { digest: next, rules };
}

function nextAfter(schedule: Pick<Digest, 'cron' | 'timeZone'>, nowMs: number): string | null {
  const next = nextOccurrence(schedule, nowMs);
  return next === undefined ? null : isoTime(next);
}

/** A digest as it would be sent. */
function bodyOf({ name, ruleIds, cron, timeZone, periodSeconds, channel, enabled }: Digest): DigestBody {
  const { teamId: integrationId, channelId: inputChannelId, channelName } = channel;
  return {
    ...{ name, rules: ruleIds, schedule: cron, timeZone, period: writePeriod(periodSeconds), enabled },
    ...{ integrationId, inputChannelId, channelName },
  };
}

/** What is left out stays; but the name of a channel goes with its ID. */
function changedBody(before: Digest, sent: Omit<DigestChanges, 'revision'>): DigestBody {
  const told = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
  const { channelName, ...body } = bodyOf(before);
  const isSameChannel = (sent.inputChannelId ?? before.channel.channelId) === before.channel.channelId;
  return { ...body, ...(isSameChannel && { channelName }), ...told };
}
