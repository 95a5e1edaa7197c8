import { describe, expect, test } from 'vitest';
import { createRouteTable } from './route-table.ts';

const routes = [
  'GET /',
  'GET /api/0',
  'ANY /api/0/{proxy+}',
  'POST /api/0/organizations/{org}/releases',
  'GET /api/0/organizations/{org}/releases/{version}',
  'POST /api/{project}/envelope',
  'PATCH /users/me',
  'GET /users/{user}',
  'GET /things/real',
  'ANY /things/{rest+}',
];

const find = createRouteTable(
  routes.map((route) => {
    const [httpMethod = '', resourcePath = ''] = route.split(' ');
    return { resourceId: route, resourcePath, httpMethod, functionName: 'f', timeoutMilliseconds: 1 };
  }),
);

describe('the route table', () => {
  test.for<[request: string, route: string | undefined, parameters?: Record<string, string>]>([
    ['GET /', 'GET /'],
    ['GET /api/0', 'GET /api/0'],
    ['GET /api/0/', 'GET /api/0'],
    ['POST /api/0/', undefined],
    ['GET /api', undefined],
    ['GET /nowhere/', undefined],
    ['POST /api/0/organizations/acme/releases/', 'POST /api/0/organizations/{org}/releases', { org: 'acme' }],
    ['POST /api/0/organizations/acme/releases', 'POST /api/0/organizations/{org}/releases', { org: 'acme' }],
    // A resource that lacks the method, or a resource without methods on the way, gives way to the greedy one.
    ['GET /api/0/organizations/acme/releases/', 'ANY /api/0/{proxy+}', { proxy: 'organizations/acme/releases' }],
    ['GET /api/0/organizations/acme', 'ANY /api/0/{proxy+}', { proxy: 'organizations/acme' }],
    ['PUT /api/0/organizations/acme/other/', 'ANY /api/0/{proxy+}', { proxy: 'organizations/acme/other' }],
    ['POST /api/0/envelope/', 'ANY /api/0/{proxy+}', { proxy: 'envelope' }],
    ['POST /api/42/envelope/', 'POST /api/{project}/envelope', { project: '42' }],
    ['GET /api/42/envelope/', undefined],
    ['POST /api//envelope/', undefined],
    ['TRACE /api/0/anything', undefined],
    // Percent-encoding is left as it came, and an encoded slash does not part segments.
    [
      'GET /api/0/organizations/acme/releases/a%2Fb%20c',
      'GET /api/0/organizations/{org}/releases/{version}',
      { org: 'acme', version: 'a%2Fb%20c' },
    ],
    // Measured on AWS: the literal wins where it has the method.
    ['GET /users/me', 'GET /users/{user}', { user: 'me' }],
    ['PATCH /users/me', 'PATCH /users/me'],
    ['POST /users/me', undefined],
    ['GET /things/real', 'GET /things/real'],
    ['POST /things/real', 'ANY /things/{rest+}', { rest: 'real' }],
    ['GET /things/', undefined],
  ])('%s is served by %s', ([request, route, parameters]) => {
    const [method = '', path = ''] = request.split(' ');
    const match = find(method, path);
    expect(match?.method.resourceId).toBe(route);
    expect(match?.pathParameters).toEqual(route === undefined ? undefined : (parameters ?? {}));
  });
});
