import * as z from 'zod';
import { BadRequestError, type FieldErrors, InvalidFieldsError, type RefusalError } from './errors.ts';

/**
 * Parses an input from outside into a fresh, typed value.
 * @throws InvalidFieldsError naming the fields, or BadRequestError when the input is not even an object.
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input, { error: plainMessage });
  if (parsed.success) return parsed.data;
  throw refusalOf(parsed.error, schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);
}

/** What is wrong by the one and by the other; of a field with fields, what concerns it as a whole is said as `nonFieldErrors`. */
export function mergeFieldErrors(one: FieldErrors, other: FieldErrors): FieldErrors {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...fields].map((field) => [field, merged(one[field], other[field])]));
}

type Said = FieldErrors[string] | undefined;

function merged(one: Said, other: Said): readonly string[] | FieldErrors {
  if (isListOrNothing(one) && isListOrNothing(other)) return [...new Set([...(one ?? []), ...(other ?? [])])];
  return mergeFieldErrors(nested(one), nested(other));
}

function nested(said: Said): FieldErrors {
  if (said === undefined) return {};
  return isListOrNothing(said) ? { nonFieldErrors: said } : said;
}

function isListOrNothing(said: Said): said is readonly string[] | undefined {
  return said === undefined || Array.isArray(said);
}

/** What is said of a field whose schema says nothing of its own. */
function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') return 'There is no such field.';
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_value' && issue.code !== 'invalid_union')
    return undefined;
  if (issue.input === undefined) return 'This field is required.';
  return issue.input === null ? 'This field may not be null.' : undefined;
}

function refusalOf(error: z.ZodError, known: readonly string[]): RefusalError {
  // An entry of a list that is no object has a position and no field.
  const onFields = error.issues.filter(
    (issue) => issue.path.some((part) => typeof part !== 'number') || issue.code === 'unrecognized_keys',
  );
  if (onFields.length === 0) {
    return new BadRequestError(
      `The input is not usable: ${(error.issues[0]?.message ?? 'unknown reason').replace(/\.$/, '')}.`,
      {
        cause: error,
      },
    );
  }
  const fields: NestedErrors = Object.create(null) as NestedErrors;
  for (const issue of onFields) {
    for (const path of issuePaths(issue)) addMessage(fields, path, meantBy(path, known) ?? issue.message);
  }
  return new InvalidFieldsError(fields as FieldErrors, { cause: error });
}

interface NestedErrors {
  [field: string]: string[] | NestedErrors;
}

/** Positions in lists are left out, as the clients expect: `commits.3.id` is reported under `commits.id`. */
function issuePaths(issue: z.core.$ZodIssue): string[][] {
  const path = issue.path.filter((part) => typeof part !== 'number').map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  return [path];
}

/** Who writes a field that there is in capitals, or with underscores, is told how it is written; others are told nothing here. */
function meantBy(path: readonly string[], known: readonly string[]): string | undefined {
  const [field = '', ...rest] = path;
  if (rest.length > 0 || known.includes(field)) return undefined;
  const meant = known.find((name) => lettersOf(name) === lettersOf(field));
  return meant && `There is no such field. Did you mean ${meant}?`;
}

function lettersOf(name: string): string {
  return name.replace(/[_-]/gu, '').toLowerCase();
}

function addMessage(fields: NestedErrors, path: readonly string[], message: string): void {
  const [field = 'nonFieldErrors', ...rest] = path;
  const there = fields[field];
  if (rest.length === 0) {
    if (there === undefined) fields[field] = [message];
    else if (Array.isArray(there) && !there.includes(message)) there.push(message);
    return;
  }
  if (there === undefined || Array.isArray(there)) {
    const nested: NestedErrors = Object.create(null) as NestedErrors;
    fields[field] = nested;
    addMessage(nested, rest, message);
  } else {
    addMessage(there, rest, message);
  }
}
