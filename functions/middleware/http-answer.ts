import type { APIGatewayProxyResult } from 'aws-lambda';
import { InvalidFieldsError, InvalidParametersError, RefusalError } from '../../lib/platform/errors.ts';

/** What a door answers: a status and plain data. */
export interface HttpAnswer {
  readonly status: number;
  /** Sent as JSON; nothing is sent when it is undefined. */
  readonly body?: unknown;
  /** A whole page, sent as it is in place of `body`; whoever makes it has escaped what stands in it. */
  readonly html?: string;
  /** Text of a type of its own, in place of `body`. */
  readonly content?: { readonly type: string; readonly data: string };
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole `Set-Cookie` headers, each sent on its own. */
  readonly cookies?: readonly string[];
}

/** The answer in the form that API Gateway wants. */
export function toGatewayResult(answer: HttpAnswer, requestId: string): APIGatewayProxyResult {
  const { html, content } = answer;
  const contentType = content?.type ?? (html === undefined ? 'application/json' : 'text/html; charset=utf-8');
  const json = answer.body === undefined ? '' : JSON.stringify(answer.body);
  return {
    statusCode: answer.status,
    headers: {
      ...((html ?? content ?? answer.body) !== undefined && { 'Content-Type': contentType }),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': requestId,
      ...answer.headers,
    },
    ...(answer.cookies && { multiValueHeaders: { 'Set-Cookie': [...answer.cookies] } }),
    body: content?.data ?? html ?? json,
  };
}

/**
 * The answer to an error. Refusals say what to do, under the one key `detail` or per field; everything else is an opaque
 * 500 that names the request, so that the log can be searched for it.
 */
export function refusalAnswer(error: unknown, requestId: string): HttpAnswer {
  if (error instanceof InvalidFieldsError) return { status: error.status, body: error.fields };
  if (error instanceof InvalidParametersError) {
    const { message, extra } = error;
    return { status: error.status, body: { detail: { code: 'parameter-validation-error', message, extra } } };
  }
  if (error instanceof RefusalError) {
    return { status: error.status, body: { detail: error.message }, headers: retryHeaders(error) };
  }
  return {
    status: 500,
    body: { detail: `Something went wrong on our side. When you ask for help, name request ${requestId}.` },
  };
}

/** `Retry-After` where waiting helps. */
export function retryHeaders(error: RefusalError): Record<string, string> {
  return error.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(error.retryAfterSeconds) };
}
