import type { Endpoint } from '../middleware/endpoint.ts';
import * as previousRelease from './previous-release.ts';
import * as releases from './releases.ts';
import * as repositories from './repositories.ts';

/** Every endpoint of the API, as the OpenAPI document lists them. */
export const endpoints: readonly Endpoint[] = [
  ...Object.values(releases),
  ...Object.values(previousRelease),
  ...Object.values(repositories),
];
