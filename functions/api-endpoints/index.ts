import type { Endpoint } from '../middleware/endpoint.ts';
import * as deploys from './deploys.ts';
import * as issues from './issues.ts';
import * as releases from './releases.ts';

const chapters: readonly Readonly<Record<string, Endpoint>>[] = [deploys, issues, releases];

/** Every endpoint of the API, as the OpenAPI document lists them. */
export const endpoints: readonly Endpoint[] = chapters.flatMap((chapter) => Object.values(chapter));
