import { BadRequestError } from '../platform/errors.ts';

/**
 * A form-encoded body as Slack sends it: first value per name, blank values dropped.
 * @throws BadRequestError for a field without `=`
 */
export function parseForm(body: Buffer): Readonly<Record<string, string>> {
  const text = body.toString('utf8');
  if (text.split('&').some((field) => !field.includes('='))) {
    throw new BadRequestError('The body is not a form: every field needs a name and a value.');
  }
  const form: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(text)) {
    if (value !== '' && !(name in form)) form[name] = value;
  }
  return form;
}
