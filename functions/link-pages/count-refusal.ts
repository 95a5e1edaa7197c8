import { BadRequestError, RefusalError } from '../../lib/platform/errors.ts';
import {
  LinkForbiddenError,
  type LinkForbiddenReason,
  type LinkPurpose,
  LinkTargetGoneError,
  type LinkTargetGoneReason,
} from '../../lib/slack/index.ts';

/** Under which name the visits of a page are counted. */
const views: Readonly<Record<LinkPurpose, string>> = {
  'link-identity': 'link_identity_view',
  'unlink-identity': 'unlink_identity_view',
  'link-team': 'link_team',
  'unlink-team': 'unlink_team',
};

const ofTeams: Readonly<Record<LinkForbiddenReason | LinkTargetGoneReason, string>> = {
  'wrong-person': 'identity_not_found',
  'not-linked-yet': 'identity_not_found',
  'no-role': 'insufficient_role',
  'workspace-gone': 'get_integration',
  'not-member': 'get_teams',
  'no-team': 'team_not_found',
};

/** The counter of a visit that came to nothing; undefined for what is a defect of ours and counted as such. */
export function refusalCounter(purpose: LinkPurpose, error: unknown): string | undefined {
  if (!(error instanceof RefusalError)) return undefined;
  const reason = reasonFor(purpose, error);
  return `integrations.slack.${views[purpose]}.failure${reason === undefined ? '' : `.${reason}`}`;
}

/** What was amiss; undefined where the link itself was. */
function reasonFor(purpose: LinkPurpose, error: RefusalError): string | undefined {
  const isOfTeams = purpose === 'link-team' || purpose === 'unlink-team';
  if (error instanceof LinkForbiddenError || error instanceof LinkTargetGoneError) {
    return isOfTeams ? ofTeams[error.reason] : 'get_identity';
  }
  // The page that lists teams has none to list.
  if (error.code === 'no_role') return 'get_teams';
  if (error instanceof BadRequestError) return 'form_invalid';
  return error.code === 'link_gone' ? undefined : error.code;
}
