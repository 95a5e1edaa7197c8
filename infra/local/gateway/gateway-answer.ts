/** A request as it came over the wire. */
export interface GatewayRequest {
  readonly method: string;
  /** Path as sent, percent-encoding untouched, without the query. */
  readonly rawPath: string;
  /** Query as sent, without the question mark. */
  readonly rawQuery: string;
  /** Names in the sender's case, repeated headers each on its own. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** An answer for the wire. */
export interface GatewayAnswer {
  readonly statusCode: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** The last value of a header, whatever its case. */
export function headerOf(headers: readonly (readonly [string, string])[], name: string): string | undefined {
  return headers.findLast(([key]) => key.toLowerCase() === name)?.[1];
}
