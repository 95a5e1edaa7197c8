import { describe, expect, it } from 'vitest';
import { isLaterEndpoint } from './later-endpoints.ts';

describe('an endpoint', () => {
  it.each([
    ['GET', 'organizations/acme/releases/'],
    ['DELETE', 'projects/acme/web/releases/1.0/'],
    ['GET', 'organizations/acme/releases/1.0/commits/'],
  ])('%s %s comes later', (method, path) => {
    expect(isLaterEndpoint(method, path)).toBe(true);
  });

  it.each([
    ['GET', ''],
    ['GET', '/'],
    ['GET', 'users/me/regions/'],
    ['GET', 'organizations/acme/monitors/'],
    ['GET', 'organizations/acme/chunk-upload/'],
    ['POST', 'organizations/acme/artifactbundle/assemble/'],
    ['PATCH', 'organizations/acme/releases/1.0/'],
    ['GET', 'organizations//releases/'],
    ['GET', 'organizations/acme/releases/1.0/extra/'],
    ['GET', 'organizations/acme/releases//'],
    ['GET', 'prefix/organizations/'],
  ])('%s %s does not exist', (method, path) => {
    expect(isLaterEndpoint(method, path)).toBe(false);
  });
});
