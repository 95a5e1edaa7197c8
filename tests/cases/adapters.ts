import type { CaseAdapter } from './case.ts';
import { releaseCase } from './releases/adapter.ts';
import { snowflake } from './snowflake.adapter.ts';

/** The adapter of each area; an area comes here together with the feature that it describes. */
export const adapters: Readonly<Record<string, CaseAdapter>> = {
  snowflake,
  releases: releaseCase,
  projects: releaseCase,
};
