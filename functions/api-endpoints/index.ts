import type { Endpoint } from '../middleware/endpoint.ts';
import * as deploys from './deploys.ts';
import * as issues from './issues.ts';
import * as previousRelease from './previous-release.ts';
import * as releases from './releases.ts';
import * as repositories from './repositories.ts';

const chapters: readonly Readonly<Record<string, Endpoint>>[] = [
  deploys,
  issues,
  releases,
  previousRelease,
  repositories,
];

/** Every endpoint of the API, as the OpenAPI document lists them. */
export const endpoints: readonly Endpoint[] = chapters.flatMap((chapter) => Object.values(chapter));
