import type { App } from '../platform/app.ts';
import { happened } from '../platform/happened.ts';
import type { Condition, WriteAction } from '../platform/table.ts';
import {
  linkKey,
  loadOrganizationsOf,
  rotatingIndex,
  type SwitchOffReason,
  type Workspace,
  type WorkspaceLink,
  workspaceKey,
} from './workspace-store.ts';

const active = { names: { '#status': 'status' }, values: { ':active': 'active' } };

/** What is forgotten with the token; `status` is a word that expressions keep to themselves. */
const switchOff = (reason: SwitchOffReason, at: string) => ({
  expression:
    'SET #status = :disabled, switchedOff = :switchedOff REMOVE sealedBotToken, sealedRefreshToken, tokenExpiresAt, renewingUntil, gsi2pk, gsi2sk',
  names: { '#status': 'status' },
  values: { ':disabled': 'disabled', ':switchedOff': { reason, at } },
});

/** Claims the renewing of a token until then; `false` when somebody else has, or the token is another one by now. */
export async function claimRenewal(
  { table }: Pick<App, 'table'>,
  workspace: Workspace,
  { now, until }: { readonly now: string; readonly until: string },
): Promise<boolean> {
  const set = { expression: 'SET renewingUntil = :until', values: { ':until': until } };
  const free = '(attribute_not_exists(renewingUntil) OR renewingUntil < :now)';
  const onlyIf = stillHas(workspace, free, { ':now': now });
  return happened(table.update(workspaceKey(workspace.teamId), set, onlyIf));
}

/** What a token was renewed to, sealed. */
export type SealedRenewal = Readonly<Record<'sealedBotToken' | 'sealedRefreshToken' | 'tokenExpiresAt', string>>;

/** Stores a renewed token in place of the one that it was renewed from; `false` when that is another one by now. */
export async function saveRenewal(
  { table }: Pick<App, 'table'>,
  workspace: Workspace,
  renewal: SealedRenewal,
): Promise<boolean> {
  const { gsi2pk, gsi2sk } = rotatingIndex({ teamId: workspace.teamId, tokenExpiresAt: renewal.tokenExpiresAt });
  const set = {
    expression:
      'SET sealedBotToken = :bot, sealedRefreshToken = :refresh, tokenExpiresAt = :until, gsi2pk = :ending, gsi2sk = :endingAt REMOVE renewingUntil',
    values: {
      ':bot': renewal.sealedBotToken,
      ':refresh': renewal.sealedRefreshToken,
      ':until': renewal.tokenExpiresAt,
      ':ending': gsi2pk,
      ':endingAt': gsi2sk,
    },
  };
  return happened(table.update(workspaceKey(workspace.teamId), set, stillHas(workspace)));
}

/** Switches a workspace off that was installed before `at`; `false` when it is not there, off already, or installed since. */
export async function saveSwitchedOff(
  { table }: Pick<App, 'table'>,
  { teamId, reason, at }: { readonly teamId: string; readonly reason: SwitchOffReason; readonly at: string },
): Promise<boolean> {
  const onlyIf = {
    expression: '#status = :active AND installedAt < :at',
    names: active.names,
    values: { ...active.values, ':at': at },
  };
  return happened(table.update(workspaceKey(teamId), switchOff(reason, at), onlyIf));
}

/**
 * Takes an organization away from a workspace, and switches the workspace off when it was the last.
 * @returns whether it was the last; undefined when the workspace has changed since it was read
 */
export async function removeOrganization(
  app: Pick<App, 'table'>,
  workspace: Workspace,
  { organization, at }: { readonly organization: string; readonly at: string },
  also: readonly WriteAction[] = [],
): Promise<'last' | 'one-of-several' | undefined> {
  const key = workspaceKey(workspace.teamId);
  const left = workspace.organizations ?? new Set(await loadOrganizationsOf(app, workspace));
  const isLast = [...left].every((one) => one === organization);
  const removal = isLast && workspace.status === 'active' ? switchOff('disconnected', at) : undefined;
  const set = {
    expression: `${removal?.expression ?? ''} ${workspace.organizations === undefined ? '' : 'DELETE organizations :gone'}`,
    ...(removal && { names: removal.names }),
    values: { ...removal?.values, ...(workspace.organizations && { ':gone': new Set([organization]) }) },
  };
  const link: Pick<WorkspaceLink, 'teamId' | 'organization'> = { teamId: workspace.teamId, organization };
  const steps: WriteAction[] = [...also, { delete: linkKey(link) }];
  if (set.expression.trim() !== '') steps.push({ update: key, set, onlyIf: unchanged(workspace) });
  return (await happened(app.table.write(steps))) ? (isLast ? 'last' : 'one-of-several') : undefined;
}

/** Only while the workspace serves the same organizations and was not installed again. */
function unchanged({ organizations, installedAt }: Workspace): Condition {
  const same = organizations === undefined ? 'attribute_not_exists(organizations)' : 'organizations = :organizations';
  return {
    expression: `installedAt = :installedAt AND ${same}`,
    values: { ':installedAt': installedAt, ...(organizations && { ':organizations': organizations }) },
  };
}

/** A sealed text is never the same twice, so that it says which token it is without saying the token. */
function stillHas(
  { sealedRefreshToken }: Workspace,
  also?: string,
  values: Readonly<Record<string, unknown>> = {},
): Condition {
  return {
    expression: `#status = :active AND sealedRefreshToken = :before${also === undefined ? '' : ` AND ${also}`}`,
    names: active.names,
    values: { ...active.values, ...values, ':before': sealedRefreshToken },
  };
}
