import type { Endpoint } from '../middleware/endpoint.ts';
import * as releaseDetails from './release-details.ts';
import * as releaseLists from './release-lists.ts';
import * as releases from './releases.ts';

/** Every endpoint of the API, as the OpenAPI document lists them. */
export const endpoints: readonly Endpoint[] = [
  ...Object.values(releases),
  ...Object.values(releaseLists),
  ...Object.values(releaseDetails),
];
