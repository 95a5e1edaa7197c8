import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildFunctions } from './build.ts';
import { functionNames, functions } from './functions.ts';
import { PostflowStack } from './stack.ts';

/** One resource of a CloudFormation template, as it stands in the JSON. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A parameter that the deployer gives, or whose default holds. */
export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: string;
  readonly Description?: string;
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
}

/** The synthesized CloudFormation template, intrinsic functions unresolved. */
export interface CloudFormationTemplate {
  readonly Parameters: Readonly<Record<string, TemplateParameter>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Description?: string }>>;
}

/** What may differ between one synthesis and another. */
export interface SynthesizeOptions {
  /** Deletion protection and retained data; true unless said otherwise, as for a deployment. */
  readonly production?: boolean;
  /** Where the cloud assembly goes; the bundles then go to its `bundles` folder, so that two callers never share files. */
  readonly outdir?: string;
  /** Further context values, as `-c key=value` gives them to the CDK command line. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the functions' sources lie; the repository's `functions` unless a trial says otherwise. */
  readonly sources?: string;
}

/** A synthesis: the template, and for each function's logical id the absolute folder that holds its index.mjs. */
export interface Synthesized {
  readonly template: CloudFormationTemplate;
  readonly assets: Readonly<Record<string, string>>;
  readonly stackName: string;
}

const root = resolve(import.meta.dirname, '..');

/** In code and not in cdk.json, so that the command line, the tests and the local runner get the very same template. */
const featureFlags = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/aws-apigateway:logGroupDestinationArnWithoutWildcard': true,
};

/** Context is a string when it comes from the command line, and anything when it comes from code. */
function contextText(app: App, key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return value === undefined ? undefined : String(value);
}

/** Throws when a function has no line in the table of functions, or a line has no function. */
function checkNames(built: readonly string[]): void {
  const missing = functionNames.filter((name) => !built.includes(name));
  const unknown = built.filter((name) => !(name in functions));
  if (missing.length > 0 || unknown.length > 0) {
    throw new Error(
      `functions/ and infra/functions.ts do not name the same functions: ${[
        ...missing.map((name) => `functions/${name}.ts is missing`),
        ...unknown.map((name) => `functions/${name}.ts is not in the table`),
      ].join(', ')}.`,
    );
  }
}

/** Builds the bundles and the app around them; a test may add validations to it before it is synthesized. */
export async function createApp(options: SynthesizeOptions = {}): Promise<{ app: App; stack: PostflowStack }> {
  const outdir = options.outdir ?? process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out');
  const dist = options.outdir === undefined ? join(root, 'dist') : resolve(options.outdir, 'bundles');
  const built = await buildFunctions({
    outdir: dist,
    ...(options.sources !== undefined && { sources: options.sources }),
  });
  checkNames(built.map(({ name }) => name));
  const app = new App({
    outdir: resolve(outdir),
    context: { ...featureFlags, ...options.context },
    analyticsReporting: false,
  });
  const stack = new PostflowStack(app, {
    stackName: contextText(app, 'stackName') ?? 'postflow',
    production: options.production ?? contextText(app, 'production') !== 'false',
    bundles: join(dist, 'functions'),
  });
  return { app, stack };
}

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string; readonly packaging: string } }>>;
}

/** Finds the folder of each function: its Code.S3Key is the asset's hash, and the asset manifest says what was hashed. */
function functionFolders(template: CloudFormationTemplate, manifest: AssetManifest, directory: string) {
  const folders: Record<string, string> = {};
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type !== 'AWS::Lambda::Function') {
      continue;
    }
    const code = Properties?.['Code'] as { readonly S3Key: string } | undefined;
    const asset = manifest.files[code?.S3Key.replace(/\.zip$/, '') ?? ''];
    if (asset === undefined) {
      throw new Error(`The code of ${logicalId} is not among the assets of the assembly.`);
    }
    folders[logicalId] = join(directory, asset.source.path);
  }
  return folders;
}

/** Builds and synthesizes everything, offline and in this process. */
export async function synthesize(options: SynthesizeOptions = {}): Promise<Synthesized> {
  const { app, stack } = await createApp(options);
  const { directory } = app.synth();
  const read = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));
  const template = read(stack.templateFile) as CloudFormationTemplate;
  const manifest = read(`${stack.artifactId}.assets.json`) as AssetManifest;
  return { template, assets: functionFolders(template, manifest, directory), stackName: stack.stackName };
}
