import { describe, expect, it } from 'vitest';
import { BadRequestError, ForbiddenError } from '../../lib/platform/errors.ts';
import { LinkForbiddenError, LinkGoneError, LinkTargetGoneError } from '../../lib/slack/index.ts';
import { PageRefusal } from '../pages/page-refusal.ts';
import { refusalCounter } from './count-refusal.ts';

const noTeam = new PageRefusal({ code: 'no_role', status: 403, title: '', texts: [] });

describe('a visit that comes to nothing', () => {
  it.each([
    ['link-identity', new LinkGoneError('expired'), 'link_identity_view.failure'],
    ['link-identity', new LinkTargetGoneError('not-member', ''), 'link_identity_view.failure.get_identity'],
    ['unlink-identity', new LinkForbiddenError('wrong-person', ''), 'unlink_identity_view.failure.get_identity'],
    ['unlink-identity', new ForbiddenError(''), 'unlink_identity_view.failure.forbidden'],
    ['link-team', new LinkTargetGoneError('workspace-gone', ''), 'link_team.failure.get_integration'],
    ['link-team', new LinkForbiddenError('not-linked-yet', ''), 'link_team.failure.identity_not_found'],
    ['link-team', new BadRequestError(''), 'link_team.failure.form_invalid'],
    ['link-team', noTeam, 'link_team.failure.get_teams'],
    ['unlink-team', new LinkForbiddenError('no-role', ''), 'unlink_team.failure.insufficient_role'],
  ] as const)('of %s is counted by its reason', (purpose, error, counter) => {
    expect(refusalCounter(purpose, error)).toBe(`integrations.slack.${counter}`);
  });

  it('is not counted where it is a defect, or only needs a sign-in', () => {
    expect(refusalCounter('link-team', new Error('defect'))).toBeUndefined();
  });
});
