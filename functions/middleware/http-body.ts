import { BadRequestError, UnsupportedMediaTypeError } from '../../lib/platform/errors.ts';
import type { HttpRequest } from './http-request.ts';

/** Turns the bytes of a body into something that a schema can check. */
export type BodyReader = (request: HttpRequest) => unknown;

/**
 * A JSON body.
 * @throws UnsupportedMediaTypeError for another content type, BadRequestError for what is not JSON in UTF-8.
 */
export const jsonBody: BodyReader = (request) => {
  const type = request.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== 'application/json' && !type.endsWith('+json')) {
    throw new UnsupportedMediaTypeError('Send JSON, with the header Content-Type: application/json.');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request.body)) as unknown;
  } catch (cause) {
    throw new BadRequestError('The body is not valid JSON in UTF-8.', { cause });
  }
};

/** The bytes themselves, for formats that the domain reads. */
export const rawBody: BodyReader = (request) => request.body;

/** For endpoints that take no body; whatever comes is left unread. */
export const noBody: BodyReader = () => undefined;
