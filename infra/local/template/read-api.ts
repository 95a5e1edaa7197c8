import * as z from 'zod';
import { functionNameOf } from './read-functions.ts';
import { UnsupportedTemplateError } from './resolver.ts';
import type { ParsedResource, Resources } from './resources.ts';
import type { ApiModel, GatewayResponseModel, MethodModel } from './stack-model.ts';

const apiSchema = z.object({
  BinaryMediaTypes: z.array(z.string()).default([]),
  MinimumCompressionSize: z.coerce.number().optional(),
  Body: z.undefined().optional(),
});

const resourceSchema = z.object({ ParentId: z.string(), PathPart: z.string() });

const methodSchema = z.object({
  ResourceId: z.string(),
  HttpMethod: z.string(),
  AuthorizationType: z.literal('NONE').optional(),
  ApiKeyRequired: z.literal(false).optional(),
  RequestValidatorId: z.undefined().optional(),
  Integration: z.object({
    Type: z.literal('AWS_PROXY'),
    Uri: z.string(),
    TimeoutInMillis: z.coerce.number().default(29_000),
  }),
});

const stageSchema = z.object({
  StageName: z.string(),
  Variables: z.record(z.string(), z.string()).default({}),
});

const gatewayResponseSchema = z.object({
  ResponseType: z.string(),
  StatusCode: z.coerce.number().optional(),
  ResponseParameters: z.record(z.string(), z.string()).default({}),
  ResponseTemplates: z.record(z.string(), z.string()).default({}),
});

/**
 * Reads the REST API, when the template has one.
 * Throttling and usage plans are left out: one machine has one caller, and a limit that depends on its speed helps nobody.
 * @throws UnsupportedTemplateError for a second API, or a method that is not integrated with a function.
 */
export function readApi(resources: Resources): ApiModel | undefined {
  const [api, second] = resources.ofType('AWS::ApiGateway::RestApi', apiSchema);
  if (api === undefined) return undefined;
  if (second !== undefined) throw new UnsupportedTemplateError('infra/local runs one REST API, the template has two');
  const [stage] = resources.ofType('AWS::ApiGateway::Stage', stageSchema);
  const paths = resourcePaths(resources.ofType('AWS::ApiGateway::Resource', resourceSchema));
  const methods = resources.ofType('AWS::ApiGateway::Method', methodSchema);
  const { MinimumCompressionSize, BinaryMediaTypes } = api.properties;
  return {
    id: api.ref,
    stage: stage?.properties.StageName ?? 'prod',
    stageVariables: stage?.properties.Variables ?? {},
    methods: methods.map(({ properties }) => method(properties, paths)),
    binaryMediaTypes: BinaryMediaTypes,
    ...(MinimumCompressionSize !== undefined && { minimumCompressionSize: MinimumCompressionSize }),
    gatewayResponses: resources.ofType('AWS::ApiGateway::GatewayResponse', gatewayResponseSchema).map(gatewayResponse),
  };
}

function resourcePaths(found: readonly ParsedResource<z.output<typeof resourceSchema>>[]): ReadonlyMap<string, string> {
  const byId = new Map(found.map((entry) => [entry.ref, entry.properties]));
  const pathOf = (id: string): string => {
    const entry = byId.get(id);
    return entry === undefined ? '' : `${pathOf(entry.ParentId)}/${entry.PathPart}`;
  };
  return new Map([['root', '/'], ...found.map(({ ref }) => [ref, pathOf(ref)] as const)]);
}

function method(properties: z.output<typeof methodSchema>, paths: ReadonlyMap<string, string>): MethodModel {
  const { ResourceId, HttpMethod, Integration } = properties;
  const arn = /\/functions\/(arn:aws:lambda:[^/]+)\/invocations$/.exec(Integration.Uri)?.[1];
  const resourcePath = paths.get(ResourceId);
  if (arn === undefined || resourcePath === undefined) {
    throw new UnsupportedTemplateError(`${HttpMethod} of ${ResourceId} leads to no function: ${Integration.Uri}`);
  }
  return {
    resourceId: ResourceId,
    resourcePath,
    httpMethod: HttpMethod,
    functionName: functionNameOf(arn),
    timeoutMilliseconds: Integration.TimeoutInMillis,
  };
}

function gatewayResponse({ properties }: ParsedResource<z.output<typeof gatewayResponseSchema>>): GatewayResponseModel {
  const prefix = 'gatewayresponse.header.';
  return {
    responseType: properties.ResponseType,
    ...(properties.StatusCode !== undefined && { statusCode: properties.StatusCode }),
    // A fixed header value stands between single quotes; anything else names a part of the request.
    headers: Object.fromEntries(
      Object.entries(properties.ResponseParameters).map(([name, value]) => {
        const fixed = /^'(.*)'$/.exec(value)?.[1];
        if (!name.startsWith(prefix) || fixed === undefined) {
          throw new UnsupportedTemplateError(`gateway response ${properties.ResponseType}: ${name} = ${value}`);
        }
        return [name.slice(prefix.length), fixed];
      }),
    ),
    templates: properties.ResponseTemplates,
  };
}
