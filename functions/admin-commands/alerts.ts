import * as z from 'zod';
import {
  alertRuleInput,
  createAlertRule,
  createDigest,
  digestBody,
  listAlertRules,
  listAllDigests,
  serializeDigest,
} from '../../lib/alerts/index.ts';
import { type Commands, command, inOrganization } from './command.ts';

const digestInput = digestBody.extend({ organization: z.string() });

/** Rules that watch metrics, and digests of them. */
export const alertCommands: Commands = {
  'alert-rule.create': command(alertRuleInput, createAlertRule),
  'alert-rule.list': command(inOrganization, listAlertRules),
  'digest.create': command(digestInput, async (app, { organization, ...body }) =>
    serializeDigest(await createDigest(app, { caller: { organization }, body })),
  ),
  'digest.list': command(inOrganization, listAllDigests),
};
