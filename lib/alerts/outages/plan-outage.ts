import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import type { WriteAction } from '../../platform/table.ts';
import { findProject } from '../../projects/index.ts';
import { findActiveWorkspace, type NewOutgoing, outgoingWrite, readOutgoing } from '../../slack/index.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { describeDestination } from '../describe-targets.ts';
import { isInSlack, type SlackDestination, targetOf } from '../destination.ts';
import { incidentLink, messageReferrer } from '../incident-link.ts';
import { resolveDestinations, withoutSnoozed } from '../resolve-destinations.ts';
import type { RuleState } from '../rule-state-store.ts';
import { showDifficulty } from '../show-difficulty.ts';
import { withoutDeparted } from '../who-may-hear.ts';
import { actionsToTell } from '../whom-to-tell.ts';
import { newsOfOutage, type Outage, outageMessageName, type UntoldOutage } from './outage.ts';
import { outageMessage } from './outage-message.ts';

/** What planning needs of the outside world. */
export type OutageApp = Pick<App, 'table' | 'clock' | 'log'> & {
  /** Our own address for people, without a slash at the end. */
  readonly publicUrl: string;
};

/** What telling of an outage writes beside the state of the rule, in the same transaction. */
export interface PlannedOutage {
  /** The state, with what people know by then. */
  readonly state: RuleState;
  readonly writes: readonly WriteAction[];
  /** Names of the messages in the outbox. */
  readonly messageIds: readonly string[];
}

/** Hardly a rule names more with all its teams, and a transaction has to take them together. */
const mostTold = 80;

/**
 * Who is to hear now that a rule cannot be read, or can be again; undefined when nobody is. Costs nothing while a rule is read as
 * usual. Webhooks hear nothing of it: every body of theirs is promised to be about an incident, and a receiver that stumbles over
 * one without would hold up what comes after it.
 */
export async function planOutage(
  app: OutageApp,
  rule: AlertRule,
  state: RuleState,
): Promise<PlannedOutage | undefined> {
  const { difficulty, outage } = state;
  switch (newsOfOutage({ rule, difficulty, outage }, app.clock.now())) {
    case 'begun':
      return difficulty && planBeginning(app, rule, { state, since: outage?.since ?? difficulty.since });
    case 'over':
      return outage?.until === undefined ? undefined : planEnd(app, rule, { state, outage, until: outage.until });
    default:
      return undefined;
  }
}

async function planBeginning(
  app: OutageApp,
  rule: AlertRule,
  { state, since }: { readonly state: RuleState; readonly since: string },
): Promise<PlannedOutage | undefined> {
  const told = state.outage?.told ?? [];
  const fresh = await notYetTold(app, rule, told);
  // Nothing is kept of that nobody can be told: whoever can be by the next look is told then.
  if (told.length + fresh.length === 0) return undefined;
  const content = await contentOf(app, rule, { state, since });
  const outgoing = fresh.map(
    (one): Outgoing => ({
      id: outageMessageName(rule.id, since, one),
      teamId: one.teamId,
      destination: addressOf(one),
      content,
    }),
  );
  const outage = { since, ruleRevision: rule.revision, told: [...told, ...fresh] };
  const { untoldOutage: _, ...rest } = state;
  return { ...planned(app, outgoing), state: { ...rest, outage } };
}

/** Those in Slack whom the rule names, each once, but for those who were told. */
async function notYetTold(
  app: OutageApp,
  rule: AlertRule,
  told: readonly SlackDestination[],
): Promise<SlackDestination[]> {
  const actions = actionsToTell(rule.triggers, 'everybody', JSON.stringify).filter(({ type }) => type !== 'webhook');
  const found = (await resolveDestinations(app, rule, actions)).filter(isInSlack);
  const reached = new Map((await reachable(app, rule, found)).map((one) => [targetOf(one), one]));
  const { id: ruleId, organization } = rule;
  if (actions.length > 0 && reached.size === 0) {
    app.log.warn('nobody can be told that a rule cannot be read', { organization, ruleId });
  }
  for (const one of told) reached.delete(targetOf(one));
  return [...reached.values()].slice(0, Math.max(0, mostTold - told.length));
}

/** Those who were told hear that it is over, each after their own first message, in its thread. */
async function planEnd(
  app: OutageApp,
  rule: AlertRule,
  { state, outage, until }: { readonly state: RuleState; readonly outage: Outage; readonly until: string },
): Promise<PlannedOutage> {
  const { since, told } = outage;
  const name = (one: SlackDestination) => outageMessageName(rule.id, since, one);
  const sent = await readOutgoing(app.table, told.map(name));
  const refusalOf = (one: SlackDestination) => sent.get(name(one))?.error;
  const heard = told.filter((one) => refusalOf(one) === undefined);
  const untold = untoldAmong(told, refusalOf);
  const allowed = await withoutSnoozed(app, rule, await withoutDeparted(app, rule, rule, heard));
  const content = await contentOf(app, rule, { state, since, until });
  const inThread = rule.threads === 'thread';
  const outgoing = (await reachable(app, rule, allowed.filter(isInSlack))).map((one): Outgoing => {
    const follows = { id: name(one), inThread };
    return { id: `${name(one)}:over`, teamId: one.teamId, destination: addressOf(one), content, follows };
  });
  const { outage: _, ...rest } = state;
  const left = untold.length === 0 ? rest : { ...rest, untoldOutage: { since, until, untold } };
  return { ...planned(app, outgoing), state: left };
}

/** Whom the beginning could not be told, and why. */
function untoldAmong(
  told: readonly SlackDestination[],
  refusalOf: (one: SlackDestination) => { readonly code: string; readonly advice: string } | undefined,
): UntoldOutage['untold'] {
  return told.flatMap((one) => {
    const error = refusalOf(one);
    if (error === undefined) return [];
    return [{ destination: describeDestination(one), error: { code: error.code, detail: error.advice } }];
  });
}

type Outgoing = Omit<NewOutgoing, 'createdAt'>;

function addressOf(one: SlackDestination): NewOutgoing['destination'] {
  if (one.kind === 'channel') return { kind: 'channel', channelId: one.channelId };
  return { kind: 'user', slackUserId: one.slackUserId };
}

function planned(app: OutageApp, outgoing: readonly Outgoing[]): Pick<PlannedOutage, 'writes' | 'messageIds'> {
  const createdAt = isoTime(app.clock.now());
  return {
    writes: outgoing.map((one) => outgoingWrite({ ...one, createdAt })),
    messageIds: outgoing.map(({ id }) => id),
  };
}

async function contentOf(
  app: OutageApp,
  rule: AlertRule,
  { state, ...span }: { readonly state: RuleState; readonly since: string; readonly until?: string },
) {
  const { organization, id: ruleId, projectId, name: ruleName } = rule;
  const project = await findProject(app, organization, projectId);
  const incident = state.incident?.identifier;
  const link = incidentLink({ publicUrl: app.publicUrl, organization, ruleId, incident, referrer: messageReferrer });
  const reason = state.difficulty && showDifficulty(state.difficulty).reason;
  const said = { ruleName, projectName: project?.slug ?? projectId, link, reason, openIncident: incident };
  return outageMessage({ ...said, ...span });
}

/** The outbox knows workspaces, not whom they serve: one that serves the organization no more hears nothing of it. */
async function reachable(
  app: OutageApp,
  { organization }: AlertRule,
  destinations: readonly SlackDestination[],
): Promise<SlackDestination[]> {
  const teamIds = [...new Set(destinations.map(({ teamId }) => teamId))];
  const found = await Promise.all(teamIds.map((teamId) => findActiveWorkspace(app, { organization, teamId })));
  const active = new Set(found.map((workspace) => workspace?.teamId));
  return destinations.filter(({ teamId }) => active.has(teamId));
}
