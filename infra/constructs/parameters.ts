import { CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** https anywhere, or http on this very machine, where the local runner's stand-ins listen. */
const address = '(https://.+|http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?(/.*)?)';

/** What the deployer says with `--parameters Name=value`. */
export class Parameters extends Construct {
  readonly upstashRedisRestUrl: string;
  readonly slackApiUrl: string;
  readonly slackCommand: string;
  readonly slackClientId: string;
  readonly oidcIssuer: string;
  readonly oidcClientId: string;
  readonly githubApiUrl: string;
  readonly docsUrl: string;
  readonly supportUrl: string;
  readonly pointsPerMinute: string;
  readonly metricRetentionDays: string;
  readonly seriesPerDay: string;
  readonly alarmEmail: string;
  readonly hasAlarmEmail: CfnCondition;
  readonly #publicUrl: string;
  readonly #hasPublicUrl: CfnCondition;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.upstashRedisRestUrl = this.#parameter('UpstashRedisRestUrl', {
      description: 'REST URL of the Upstash Redis database, without its token.',
      allowedPattern: `^${address}$`,
      constraintDescription: 'must be the https:// REST URL that the Upstash console shows',
    });
    this.#publicUrl = this.#parameter('PublicUrl', {
      description: 'Address that people and clients use; empty for the address of the API itself.',
      default: '',
      allowedPattern: `^(${address}(?<!/))?$`,
      constraintDescription: 'must be empty or an https:// address without a slash at the end',
    });
    this.slackApiUrl = this.#parameter('SlackApiUrl', {
      description: "Where Slack's Web API is.",
      default: 'https://slack.com/api/',
      allowedPattern: `^${address}$`,
      constraintDescription: 'must be an https:// address',
    });
    this.slackCommand = this.#parameter('SlackCommand', {
      description: 'Slash command of the Slack app.',
      default: '/postflow',
      allowedPattern: '^/[a-z0-9_-]{1,31}$',
      constraintDescription: 'must be a slash and 1 to 31 lower-case letters, digits, - or _',
    });
    this.slackClientId = this.#parameter('SlackClientId', {
      description: 'Client ID of the Slack app; empty until the app is to be installed with a click.',
      default: '',
      allowedPattern: '^[0-9A-Za-z._-]*$',
      constraintDescription: 'must be the Client ID that the settings of the Slack app show',
    });
    this.oidcIssuer = this.#parameter('OidcIssuer', {
      description: 'OpenID Connect issuer that people sign in with; Slack itself unless told.',
      default: 'https://slack.com',
      allowedPattern: `^${address}(?<!/)$`,
      constraintDescription: 'must be an https:// address without a slash at the end',
    });
    this.oidcClientId = this.#parameter('OidcClientId', {
      description: 'Client ID at that issuer; empty for the Client ID of the Slack app.',
      default: '',
      allowedPattern: '^[^\\s]*$',
      constraintDescription: 'must be the client ID that the issuer gave',
    });
    this.githubApiUrl = this.#parameter('GithubApiUrl', {
      description: "Where GitHub's REST API is; that of a GitHub Enterprise Server ends in /api/v3.",
      default: 'https://api.github.com',
      allowedPattern: `^${address}$`,
      constraintDescription: 'must be an https:// address',
    });
    this.docsUrl = this.#parameter('DocsUrl', {
      description: 'Documentation that the Slack commands point to; your own, if you have some.',
      default: 'https://github.com/postflow/postflow#readme',
      allowedPattern: `^${address}$`,
      constraintDescription: 'must be an https:// address',
    });
    this.supportUrl = this.#parameter('SupportUrl', {
      description: 'Where people who are stuck get help; your own help desk, for example.',
      default: 'https://github.com/postflow/postflow/issues',
      allowedPattern: `^${address}$`,
      constraintDescription: 'must be an https:// address',
    });
    this.pointsPerMinute = this.#parameter('PointsPerMinute', {
      description: 'How many points of metrics each project may send in a minute; 0 for no limit.',
      default: '600000',
      allowedPattern: '^[0-9]{1,12}$',
      constraintDescription: 'must be a whole number, 0 for no limit',
    });
    this.metricRetentionDays = this.#parameter('MetricRetentionDays', {
      description: 'How many days buckets of metrics are kept: those of ten seconds, a minute, an hour, a day.',
      default: '1,30,90,396',
      allowedPattern: '^[1-9][0-9]{0,3}(,[1-9][0-9]{0,3}){3}$',
      constraintDescription: 'must be four whole numbers with commas between them, 1 or more each',
    });
    this.seriesPerDay = this.#parameter('SeriesPerDay', {
      description: 'How many different sets of tags a metric of a project may have in a day; others count together.',
      default: '10000',
      allowedPattern: '^[1-9][0-9]{0,6}$',
      constraintDescription: 'must be a whole number, 1 or more',
    });
    this.alarmEmail = this.#parameter('AlarmEmail', {
      description: 'Gets the alarms by e-mail; empty for nobody.',
      default: '',
      allowedPattern: '^([^@\\s]+@[^@\\s]+)?$',
      constraintDescription: 'must be empty or an e-mail address',
    });
    this.hasAlarmEmail = this.#given('HasAlarmEmail', this.alarmEmail);
    this.#hasPublicUrl = this.#given('HasPublicUrl', this.#publicUrl);
  }

  /** The address that the deployer gave, or else the given one. */
  publicUrlOr(ownUrl: string): string {
    return Fn.conditionIf(this.#hasPublicUrl.logicalId, this.#publicUrl, ownUrl).toString();
  }

  #parameter(name: string, props: { description: string } & Record<string, string>): string {
    const parameter = new CfnParameter(this, name, props);
    parameter.overrideLogicalId(name);
    return parameter.valueAsString;
  }

  #given(name: string, value: string): CfnCondition {
    const condition = new CfnCondition(this, name, { expression: Fn.conditionNot(Fn.conditionEquals(value, '')) });
    condition.overrideLogicalId(name);
    return condition;
  }
}
