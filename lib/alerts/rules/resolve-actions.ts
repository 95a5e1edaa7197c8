import { findMember, type Team } from '../../organizations/index.ts';
import type { App } from '../../platform/app.ts';
import type { RandomText } from '../../platform/random-text.ts';
import { installUrl, listWorkspaces, type WorkspaceDescription } from '../../slack/index.ts';
import type { AlertAction } from '../alert-rule-store.ts';
import { ruleMessages as messages } from '../messages.ts';
import { newWebhookSecret, type SecretKey, sealWebhookSecret } from '../webhook-secret.ts';
import { teamNamed } from './resolve-owner.ts';
import type { ActionBody, AlertRuleBody } from './rule-body.ts';
import { originOfWebhook, readWebhookAddress } from './webhook-address.ts';

/** What finding out who is to be told needs of the outside world. */
export type ActionsApp = Pick<App, 'table'> &
  SecretKey & { readonly randomText: RandomText; readonly publicUrl: string };

/** What is known of the organization, and of the rule before. */
export interface ActionSurroundings {
  readonly organization: string;
  readonly teams: readonly Team[];
  /** Webhooks among these keep their secrets. */
  readonly before?: readonly AlertAction[] | undefined;
}

/** Who is told, trigger by trigger; what is wrong with whom; and new secrets by the address of their webhook. */
export interface ResolvedActions {
  readonly actions: readonly (readonly AlertAction[])[];
  readonly faults: readonly string[];
  readonly secrets: ReadonlyMap<string, string>;
}

type Found = AlertAction | { readonly fault: string };

/** Finds whom the actions of a rule name. A webhook that the rule did not have before gets a secret. */
export async function resolveActions(
  app: ActionsApp,
  triggers: AlertRuleBody['triggers'],
  surroundings: ActionSurroundings,
): Promise<ResolvedActions> {
  const sent = triggers.map(({ actions }) => actions ?? []);
  const channels = sent.flat().some((action) => targetKind(action) === 'channel');
  const workspaces = channels ? await listWorkspaces(app, surroundings.organization) : [];
  const secrets = new Map<string, string>();
  const finder = new ActionFinder(app, { ...surroundings, workspaces, secrets });
  const found: Found[][] = [];
  for (const actions of sent) {
    const ofTrigger: Found[] = [];
    for (const action of actions) ofTrigger.push(await finder.find(action));
    found.push(ofTrigger);
  }
  const faults = new Set(found.flat().flatMap((one) => ('fault' in one ? [one.fault] : [])));
  return {
    actions: found.map((all) => all.filter((one): one is AlertAction => !('fault' in one))),
    faults: [...faults],
    secrets,
  };
}

/** A message of Slack may go to people and teams as well: clients of another system write it so. */
function targetKind({ type, targetType }: ActionBody): 'channel' | 'user' | 'team' | 'webhook' {
  if (type !== 'slack') return type;
  return targetType === 'user' || targetType === 'team' ? targetType : 'channel';
}

interface FinderKnowledge extends ActionSurroundings {
  readonly workspaces: readonly WorkspaceDescription[];
  /** New ones are added to it. */
  readonly secrets: Map<string, string>;
}

class ActionFinder {
  readonly #app: ActionsApp;
  readonly #known: FinderKnowledge;
  /** Sealed secrets by address, so that both triggers sign with the same. */
  readonly #sealed: Map<string, string>;
  readonly #webhooksBefore: readonly string[];

  constructor(app: ActionsApp, known: FinderKnowledge) {
    this.#app = app;
    this.#known = known;
    const before = (known.before ?? []).filter((action) => action.type === 'webhook');
    this.#sealed = new Map(before.map(({ url, sealedSecret }) => [url, sealedSecret]));
    this.#webhooksBefore = [...this.#sealed.keys()];
  }

  async find(action: ActionBody): Promise<Found> {
    const target = String(action.targetIdentifier ?? '').trim();
    const kind = targetKind(action);
    const kept = this.#kept(action, target, kind);
    if (kept !== undefined) return kept;
    if (kind === 'channel') return this.#channel(action, target);
    if (kind === 'webhook') return this.#webhook(target);
    if (kind === 'team') {
      const team = teamNamed(this.#known.teams, target);
      return team === undefined ? { fault: messages.teamUnknown(target) } : { type: 'team', team: team.slug };
    }
    const member = await findMember(this.#app, this.#known.organization, target);
    return member === undefined ? { fault: messages.userUnknown(target) } : { type: 'user', userId: member.userId };
  }

  /** Whom the rule told before it may go on telling, even if nobody could be added who is like that. */
  #kept(action: ActionBody, target: string, kind: ReturnType<typeof targetKind>): AlertAction | undefined {
    return this.#known.before?.find((one) => {
      switch (one.type) {
        case 'slack':
          return kind === 'channel' && one.channelId === action.inputChannelId && one.teamId === action.integrationId;
        case 'user':
          return kind === 'user' && one.userId === target;
        case 'team':
          return kind === 'team' && one.team === target;
        default:
          return false;
      }
    });
  }

  #channel({ inputChannelId, integrationId }: ActionBody, target: string): Found {
    const channelId = [inputChannelId ?? '', target].find((text) => /^[CDG][A-Z0-9]{2,20}$/u.test(text));
    if (channelId === undefined) return { fault: messages.channelMissing };
    const install = installUrl(this.#app.publicUrl);
    const wanted = integrationId == null || integrationId === '' ? undefined : String(integrationId);
    const { workspaces } = this.#known;
    const fitting = workspaces.filter(({ teamId }) => wanted === undefined || teamId === wanted);
    const active = fitting.filter(({ status }) => status === 'active');
    const [workspace, another] = active;
    if (workspace === undefined) return { fault: whyNone(wanted, fitting[0], install) };
    if (another !== undefined) return { fault: messages.workspaceMissing };
    const name = target.replace(/^#/u, '');
    const channelName = name === '' ? channelId : name.slice(0, 80);
    return { type: 'slack', teamId: workspace.teamId, channelId, channelName };
  }

  #webhook(target: string): Found {
    // As it is shown to those who may not change the rule, and may be sent again by who may.
    const [shown, another] = this.#webhooksBefore.filter((url) => originOfWebhook(url) === target);
    if (another !== undefined) return { fault: messages.webhookOfSeveral(target) };
    const read = readWebhookAddress(shown ?? target);
    if ('fault' in read) return read;
    const { url } = read;
    const kept = this.#sealed.get(url);
    if (kept !== undefined) return { type: 'webhook', url, sealedSecret: kept };
    const secret = newWebhookSecret(this.#app.randomText);
    const sealedSecret = sealWebhookSecret(this.#app, url, secret);
    this.#sealed.set(url, sealedSecret);
    this.#known.secrets.set(url, secret);
    return { type: 'webhook', url, sealedSecret };
  }
}

function whyNone(wanted: string | undefined, off: WorkspaceDescription | undefined, install: string): string {
  if (off !== undefined) return messages.workspaceOff(off.name, install);
  return wanted === undefined ? messages.noWorkspace(install) : messages.workspaceUnknown(wanted, install);
}
