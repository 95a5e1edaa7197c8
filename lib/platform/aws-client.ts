import type { Agent } from 'node:http';
import { pauseWithJitter } from './retry-pause.ts';
import { type AwsCredentials, signAwsRequest } from './sign-aws-request.ts';
import { isPassing } from './table-availability.ts';

/** A service of AWS that takes JSON: its name in addresses and in signatures, and how it wants to be spoken to. */
export interface AwsService {
  readonly name: string;
  /** Stands before the operation in the header that names it. */
  readonly targetPrefix: string;
  readonly contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
}

/** Asks services of AWS for something, without the SDK; 0015 among the decisions says why. */
export interface AwsClient {
  /** @throws AwsError when it is refused or nobody answers, after the attempts that a passing failure is given */
  call(service: AwsService, operation: string, input: object): Promise<unknown>;
}

/** Thrown for what a service refuses; has the name that the service gives it, and the body of its answer. */
export class AwsError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body['message'] ?? body['Message'] ?? `status ${status}`));
    const [type = ''] = String(body['__type'] ?? 'UnknownError')
      .split('#')
      .slice(-1);
    this.name = type;
    this.status = status;
    this.body = body;
  }
}

/** What the client needs to know; a Lambda has all of it in its environment. */
export interface AwsSurroundings {
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** Where a service answers, if not at AWS's own address. */
  readonly endpointOf: (service: AwsService) => string | undefined;
}

const attempts = 5;
const firstPauseMs = 50;
/** Far longer than any healthy answer, far shorter than the patience of those who wait for ours. */
const answerWithinMs = 1_000;
/** A name may be in the middle of the variable: `AWS_ENDPOINT_URL_SECRETS_MANAGER`. */
const variableNames: Readonly<Record<string, string>> = { secretsmanager: 'SECRETS_MANAGER' };

/** Reads the variables that Lambda sets, and those by which the SDK too is led to other endpoints. */
export function awsSurroundings(environment: Readonly<Record<string, string | undefined>>): AwsSurroundings {
  const text = (name: string): string => environment[name] ?? '';
  return {
    region: text('AWS_REGION'),
    credentials: {
      accessKeyId: text('AWS_ACCESS_KEY_ID'),
      secretAccessKey: text('AWS_SECRET_ACCESS_KEY'),
      sessionToken: environment['AWS_SESSION_TOKEN'],
    },
    endpointOf: ({ name }) =>
      environment[`AWS_ENDPOINT_URL_${variableNames[name] ?? name.toUpperCase()}`] ?? environment['AWS_ENDPOINT_URL'],
  };
}

/** A client that keeps its connections. */
export function awsClient(surroundings: AwsSurroundings): AwsClient {
  const { region, credentials } = surroundings;
  const agents = new Map<string, Agent>();
  return {
    async call(service, operation, input) {
      const url = new URL(surroundings.endpointOf(service) ?? awsAddress(service, region));
      const body = JSON.stringify(input);
      const headers = { 'content-type': service.contentType, 'x-amz-target': `${service.targetPrefix}.${operation}` };
      for (let attempt = 1; ; attempt += 1) {
        try {
          const signed = signAwsRequest({ url, headers, body, service: service.name, region }, credentials, Date.now());
          return await post(url, signed, body, agents);
        } catch (error) {
          if (attempt === attempts || !isPassing(error)) throw error;
          await pauseWithJitter(firstPauseMs * 2 ** (attempt - 1));
        }
      }
    },
  };
}

function awsAddress({ name }: AwsService, region: string): string {
  return `https://${name}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/**
 * As `require` would give them: an `import` of node:http loads all that fetch is made of as well, because WebSocket is among
 * its names, and node:http is not needed at all for AWS's own addresses.
 */
function transportOf(url: URL): Pick<typeof import('node:http'), 'Agent' | 'request'> {
  return url.protocol === 'http:' ? process.getBuiltinModule('node:http') : process.getBuiltinModule('node:https');
}

function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  agents: Map<string, Agent>,
): Promise<unknown> {
  const transport = transportOf(url);
  const agent = agents.get(url.protocol) ?? new transport.Agent({ keepAlive: true });
  agents.set(url.protocol, agent);
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, timeout: answerWithinMs, agent };
    const request = transport.request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve(readAnswer(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8')));
        } catch (error) {
          reject(error);
        }
      });
    });
    request.on('timeout', () => request.destroy(new NoAnswerError('nobody answers')));
    request.on('error', reject);
    request.end(body);
  });
}

/** As the network would say it, had it noticed. */
class NoAnswerError extends Error {
  readonly code = 'ETIMEDOUT';
}

/** @throws AwsError for a status that is no success; what is between us and the service may answer without JSON then */
function readAnswer(status: number, text: string): unknown {
  if (status === 200) return JSON.parse(text);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  throw new AwsError(status, typeof body === 'object' && body !== null ? { ...body } : {});
}
