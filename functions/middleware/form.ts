import { UnsupportedMediaTypeError } from '../../lib/platform/errors.ts';
import { pageMessages } from '../pages/messages.ts';
import type { HttpRequest } from './http-request.ts';

/** The fields of a form that a browser sent. @throws UnsupportedMediaTypeError for anything that no form of ours sends */
export function formOf(request: HttpRequest): URLSearchParams {
  const type = request.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw new UnsupportedMediaTypeError(pageMessages.brokenRequest);
  return new URLSearchParams(request.body.toString('utf8'));
}
