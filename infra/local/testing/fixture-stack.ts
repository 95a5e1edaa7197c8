import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Synthesized, TemplateResource } from '../../synthesize.ts';
import { listen } from '../listen.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../local-stack.ts';

/** A hand-made stack of tiny functions, for tests of the runner itself. */
export interface Fixture {
  /** Body of index.mjs by logical id. */
  readonly functions?: Readonly<Record<string, FixtureFunction>>;
  readonly resources?: Readonly<Record<string, TemplateResource>>;
  readonly options?: Partial<LocalStackOptions>;
}

/** A function of a fixture; its name is its logical id. */
export interface FixtureFunction {
  readonly code: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A fixture while it runs. */
export interface RunningFixture {
  readonly url: string;
  readonly awsUrl: string;
  readonly stack: LocalStack;
  readonly log: string[];
  close(): Promise<void>;
}

/** Writes the bundles, makes the template and runs it. */
export async function runFixture(fixture: Fixture): Promise<RunningFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'postflow-fixture-'));
  const synthesized = await fixtureTemplate(fixture, folder);
  const [api, aws] = await Promise.all([listen(0), listen(0)]);
  const log: string[] = [];
  const stack = await startLocalStack({
    synthesized,
    api,
    aws,
    dynamoDbEndpoint: 'http://127.0.0.1:9',
    parameters: {},
    secretValue: ({ name }) => `secret of ${name}`,
    compileCacheFolder: join(folder, 'compile-cache'),
    onLog: (name, line) => log.push(`${name}: ${line}`),
    timers: false,
    waitDivisor: 1_000_000,
    ...fixture.options,
  });
  return {
    url: api.url,
    awsUrl: aws.url,
    stack,
    log,
    async close() {
      await stack.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The template of a fixture, its bundles written to `folder`. */
export async function fixtureTemplate(fixture: Fixture, folder: string): Promise<Synthesized> {
  const assets: Record<string, string> = {};
  const functions: Record<string, TemplateResource> = {};
  for (const [logicalId, { code, properties }] of Object.entries(fixture.functions ?? {})) {
    const bundle = await mkdtemp(join(folder, `${logicalId}-`));
    await writeFile(join(bundle, 'index.mjs'), code);
    assets[logicalId] = bundle;
    functions[logicalId] = {
      Type: 'AWS::Lambda::Function',
      Properties: { FunctionName: logicalId, Handler: 'index.handler', Runtime: 'nodejs24.x', ...properties },
    };
  }
  const Resources = { ...functions, ...fixture.resources };
  return { stackName: 'fixture', assets, template: { Parameters: {}, Conditions: {}, Outputs: {}, Resources } };
}

/** A REST API with these methods, each `METHOD /path` with the logical id of its function. */
export function restApi(
  routes: Readonly<Record<string, string>>,
  properties: Readonly<Record<string, unknown>> = {},
): Record<string, TemplateResource> {
  const resources: Record<string, TemplateResource> = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'fixture', ...properties } },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'live' } },
  };
  const resourceAt = (path: string): unknown => {
    if (path === '') return { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
    const logicalId = `Resource${path.replace(/[^a-z0-9]/gi, (character) => `x${character.charCodeAt(0)}`)}`;
    const cut = path.lastIndexOf('/');
    const ParentId = resourceAt(path.slice(0, cut));
    resources[logicalId] = {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { ParentId, PathPart: path.slice(cut + 1) },
    };
    return { Ref: logicalId };
  };
  for (const [index, [route, target]] of Object.entries(routes).entries()) {
    const [HttpMethod, path = ''] = route.split(' ');
    const arn = { 'Fn::GetAtt': [target, 'Arn'] };
    const Uri = {
      'Fn::Join': ['', ['arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/', arn, '/invocations']],
    };
    resources[`Method${index}`] = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        HttpMethod,
        ResourceId: resourceAt(path.replace(/\/$/, '')),
        Integration: { Type: 'AWS_PROXY', Uri },
      },
    };
  }
  return resources;
}
