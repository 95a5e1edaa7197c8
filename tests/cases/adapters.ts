import { alertCase } from './alerts/adapter.ts';
import type { CaseAdapter } from './case.ts';
import { mqlEval } from './mql/eval.adapter.ts';
import { mqlFormat } from './mql/format.adapter.ts';
import { mqlParse } from './mql/parse.adapter.ts';
import { releaseCase } from './releases/adapter.ts';
import { renderingCase } from './rendering/adapter.ts';
import { notificationCase } from './rendering/notification.adapter.ts';
import { slackCase } from './slack/adapter.ts';
import { snowflake } from './snowflake.adapter.ts';

/** The adapter of each area; an area comes here together with the feature that it describes. */
export const adapters: Readonly<Record<string, CaseAdapter>> = {
  snowflake,
  releases: releaseCase,
  projects: releaseCase,
  slack: slackCase,
  'alert-processor': alertCase,
  rendering: renderingCase,
  'alert-notification': notificationCase,
  'mql-parse': mqlParse,
  'mql-eval': mqlEval,
  'mql-format': mqlFormat,
};
