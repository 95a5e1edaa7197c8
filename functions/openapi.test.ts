import { describe, expect, it } from 'vitest';
import { routes } from '../infra/routes.ts';
import { servedByFunction } from '../tests/support/api.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { openApi } from '../tests/support/openapi-contract.ts';
import { createTestApp } from '../tests/support/test-app.ts';
import { openApiDocument } from './api-endpoints/document.ts';
import { endpoints } from './api-endpoints/index.ts';
import { httpDoor } from './middleware/http-door.ts';
import { door } from './openapi.ts';

describe('the OpenAPI document', () => {
  it('is served to anybody, from anywhere', async () => {
    const app = { ...(await createTestApp()), document: openApiDocument('https://postflow.example') };
    const answer = await httpDoor(door, async () => app)(storedEvent('openapi/document'), lambdaContext());
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } });
    expect(JSON.parse(answer.body)).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: 'https://postflow.example' }],
      security: [{ token: [] }],
    });
  });

  it('lists every endpoint once, under a name of its own', () => {
    expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
    const listed = Object.entries(openApi.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.sort()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}/`).sort());
  });

  it('is what the functions serve, each behind the route that leads to it', () => {
    const served = Object.entries(servedByFunction).flatMap(([name, all]) =>
      all.map(({ endpoint: { method, path } }) => `${method} ${path} → ${name}`),
    );
    expect(served.sort()).toEqual(
      routes
        .filter(({ function: name }) => Object.hasOwn(servedByFunction, name))
        .map(({ method, path, function: name }) => `${method} ${path} → ${name}`)
        .sort(),
    );
    expect(endpoints).toHaveLength(served.length);
  });

  it('says which scopes are needed, and names each parameter of a path', () => {
    for (const { path, parameters, scopes, id } of endpoints) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(parameters.shape), id).toEqual(named);
      expect(new Set(scopes).size, id).toBe(scopes.length);
    }
  });
});
