import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type Endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { endpoints } from './index.ts';

/** The one key that clients print. */
const refusal = z.object({ detail: z.string() }).meta({ id: 'Refusal', description: 'What is wrong and what to do.' });
const fieldErrors = z
  .record(z.string(), z.unknown())
  .meta({ id: 'FieldErrors', description: 'Messages by field, nested as the fields are; or a Refusal.' });

const link = z
  .string()
  .meta({ description: 'The pages before and after: `<…>; rel="next"; results="true"; cursor="…"`.' });

const refusals: Readonly<Record<number, string>> = {
  401: 'The token is missing, unknown, revoked or expired.',
  403: 'The token is for another organization, or may not do this.',
  404: 'There is no such thing, or not within reach.',
  409: 'It contradicts what is stored.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  429: 'Too many requests.',
  503: 'Something is away or busy for a moment; try again.',
};

/** The OpenAPI 3.1 document of the API, made of its endpoints. @param publicUrl where clients reach this installation */
export function openApiDocument(publicUrl: string): unknown {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const endpoint of endpoints) {
    const path = `${endpoint.path}/`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'postflow',
      version: '0',
      description: 'Release tracking that sentry-cli can talk to, issues, projects and organizations.',
    },
    servers: [{ url: publicUrl }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An API token.' } } },
    paths: paths as ZodOpenApiPathsObject,
  });
}

function operation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const scopes = endpoint.scopes.length === 0 ? 'Any token will do.' : `Scopes, any of: ${endpoint.scopes.join(', ')}.`;
  const answers = Object.entries(endpoint.answers).map(([status, { description, schema }]) => [
    status,
    {
      description,
      ...(schema && { content: { 'application/json': { schema } } }),
      ...(endpoint.paged && { headers: z.object({ Link: link }) }),
    },
  ]);
  const refused = Object.entries(refusals).map(([status, description]) => [
    status,
    { description, content: { 'application/json': { schema: refusal } } },
  ]);
  const malformed = { description: 'Malformed.', content: { 'application/json': { schema: fieldErrors } } };
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: scopes,
    requestParams: {
      ...(Object.keys(endpoint.parameters.shape).length > 0 && { path: endpoint.parameters }),
      ...(Object.keys(endpoint.query.shape).length > 0 && { query: endpoint.query }),
    },
    ...(endpoint.body !== noBodySchema && {
      requestBody: { required: true, content: { 'application/json': { schema: endpoint.body } } },
    }),
    responses: Object.fromEntries([...answers, ['400', malformed], ...refused]) as never,
  };
}
