import aws4 from 'aws4';

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

/** The headers of a request together with those that sign it (Signature Version 4). */
export function signAwsRequest(
  { url, headers, body, service, region }: AwsRequest,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  epochMs: number,
): Record<string, string> {
  const time = `${new Date(epochMs).toISOString().slice(0, 19).replace(/[:-]/g, '')}Z`;
  const signed = aws4.sign(
    {
      method: 'POST',
      host: url.host,
      path: url.pathname,
      // The signer adds to the headers that it is given.
      headers: { ...headers, 'X-Amz-Date': time },
      body,
      service,
      region,
    },
    { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  );
  return Object.fromEntries(
    Object.entries(signed.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
