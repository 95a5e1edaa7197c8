import { join } from 'node:path';
import { CfnOutput, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './constructs/alarms.ts';
import { Api } from './constructs/api.ts';
import { bindGrants, bindQueue } from './constructs/bindings.ts';
import { type EnvironmentValues, environmentOf, environmentValues } from './constructs/environment.ts';
import { Parameters } from './constructs/parameters.ts';
import { PostflowFunction } from './constructs/postflow-function.ts';
import { createResources, type Resources } from './constructs/resources.ts';
import { Schedule } from './constructs/schedule.ts';
import { type FunctionDefinition, type FunctionName, functionNames, functions } from './functions.ts';

export interface PostflowStackProps {
  readonly stackName: string;
  /** Data survives mistakes: deletion protection, and what is stored outlives the stack. */
  readonly production: boolean;
  /** The folder that holds a folder with index.mjs for every function. */
  readonly bundles: string;
}

/** A function's name as logical ids spell it: `create-release` is CreateRelease. */
export function logicalName(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());
}

/** All of postflow in one account and region. */
export class PostflowStack extends Stack {
  readonly #bundles: string;

  constructor(scope: Construct, { stackName, production, bundles }: PostflowStackProps) {
    super(scope, stackName, {
      stackName,
      description: 'postflow: release tracking, Slack commands and metric alerts.',
      // The CDK command line checks the bootstrap version itself. (The cast: see infra/constructs/api.ts.)
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
    });
    this.#bundles = bundles;
    const parameters = new Parameters(this, 'Parameters');
    const resources = createResources(this, { production });
    const api = new Api(this, 'Api', { name: stackName });
    const publicUrl = parameters.publicUrlOr(api.address.url);
    const values = environmentValues(resources, parameters, publicUrl);
    const built = new Map(functionNames.map((name) => [name, this.#addFunction(name, values, resources)]));
    api.addRoutes(built);
    const queues = Object.values(resources.queues);
    const alarms = new Alarms(this, 'Alarms', {
      functions: [...built].flatMap(([name, made]) => (functions[name].trigger.kind === 'http' ? [] : made)),
      restApi: api.restApi,
      queues: queues.map(({ queue }) => queue),
      deadLetterQueues: [...queues, ...built.values()].flatMap(({ deadLetters }) => deadLetters ?? []),
      email: parameters.alarmEmail,
      hasEmail: parameters.hasAlarmEmail,
    });
    this.#output('ApiUrl', publicUrl, 'SENTRY_URL for sentry-cli, and what the Slack app sends its commands to.');
    this.#output('AdminFunctionName', `${stackName}-admin`, 'What npm run admin invokes.');
    this.#output('MainTableName', resources.mainTable.name, 'Everything but metric points.');
    this.#output('MetricsTableName', resources.metricsTable.name, 'Metric points.');
    this.#output('SecretArn', resources.secret.arn, 'To be filled in once, see docs/deploy.md.');
    this.#output('AlarmTopicArn', alarms.topic.topicArn, 'Where every alarm goes.');
    if (api.address.domainTarget !== undefined) {
      this.#output('CustomDomainTarget', api.address.domainTarget, "What the custom domain's CNAME points to.");
    }
  }

  #addFunction(name: FunctionName, values: EnvironmentValues, resources: Resources): PostflowFunction {
    const definition: FunctionDefinition = functions[name];
    const built = new PostflowFunction(this, `${logicalName(name)}Function`, {
      name,
      stackName: this.stackName,
      definition,
      bundle: join(this.#bundles, name),
      environment: environmentOf(name, definition, values),
    });
    bindGrants(built, definition.grants, resources);
    const { trigger } = definition;
    if (trigger.kind === 'queue') {
      bindQueue(built, resources.queues[trigger.queue], trigger);
    }
    if (trigger.kind === 'schedule') {
      new Schedule(this, `${logicalName(name)}Schedule`, { target: built, expression: trigger.expression });
    }
    return built;
  }

  #output(name: string, value: string, description: string): void {
    new CfnOutput(this, `${name}Output`, { value, description }).overrideLogicalId(name);
  }
}
