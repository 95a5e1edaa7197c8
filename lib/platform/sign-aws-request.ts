import { createHash, createHmac } from 'node:crypto';

/** Who asks; a Lambda has the keys of its role, and with them a session token. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A POST to one of AWS's services, of those that take JSON. */
export interface AwsRequest {
  readonly url: URL;
  /** All of them are signed; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The name for signing, such as `dynamodb`. */
  readonly service: string;
  readonly region: string;
}

const algorithm = 'AWS4-HMAC-SHA256';

/**
 * The headers of a request together with those that sign it (Signature Version 4).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signAwsRequest(
  request: AwsRequest,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  epochMs: number,
): Record<string, string> {
  const { url, body, service, region } = request;
  const time = `${new Date(epochMs).toISOString().slice(0, 19).replace(/[:-]/g, '')}Z`;
  const date = time.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    host: url.host,
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).sort((one, other) => (one < other ? -1 : 1));
  const signedHeaders = names.join(';');
  const headerLines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = ['POST', url.pathname, '', headerLines, signedHeaders, sha256(body)].join('\n');
  const scope = [date, region, service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>((last, part) => hmac(last, part).digest(), `AWS4${secretAccessKey}`);
  const signature = hmac(key, [algorithm, time, scope.join('/'), sha256(canonical)].join('\n')).digest('hex');
  const credential = `${accessKeyId}/${scope.join('/')}`;
  return {
    ...headers,
    authorization: `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}

function hmac(key: string | Buffer, text: string) {
  return createHmac('sha256', key).update(text);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
