import * as z from 'zod';
import { blockLimits } from './block-limits.ts';
import { type Block, blockSchema } from './block-schema.ts';

const listSchema = z.array(blockSchema).max(blockLimits.blocksPerMessage);

/** The blocks as typed values, or everything that is wrong with them in the form of Slack's error messages. */
export type BlockCheck = { readonly blocks: readonly Block[] } | { readonly problems: readonly string[] };

/** Checks a list of blocks as Slack does; `pointer` is where the list stands in the message, such as `/blocks`. */
export function validateBlocks(value: unknown, pointer: string): BlockCheck {
  const parsed = listSchema.safeParse(value);
  if (!parsed.success) return { problems: problemsOf(parsed.error, value, pointer) };
  const repeated = [...repeatedBlockIds(parsed.data, pointer), ...repeatedActionIds(parsed.data, pointer)];
  return repeated.length > 0 ? { problems: repeated } : { blocks: parsed.data };
}

/** Says what a schema found wrong, each with a JSON pointer to the place, as Slack's `response_metadata.messages` do. */
export function problemsOf(error: z.ZodError, value: unknown, pointer: string): string[] {
  return error.issues.map((issue) => {
    const missing = issue.code === 'invalid_type' && at(value, issue.path) === undefined && issue.path.length > 0;
    const path = missing ? issue.path.slice(0, -1) : issue.path;
    const reason = missing ? `a required field is missing: ${String(issue.path.at(-1))}` : reasonOf(issue);
    return `${reason} [json-pointer:${[pointer, ...path.map(String)].join('/')}]`;
  });
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function reasonOf(issue: z.core.$ZodIssue): string {
  const unit = 'origin' in issue && issue.origin === 'array' ? 'item' : 'character';
  switch (issue.code) {
    case 'too_big':
      return `more than ${issue.maximum} ${unit}s`;
    case 'too_small':
      return `fewer than ${issue.minimum} ${unit}`;
    case 'unrecognized_keys':
      return `unknown properties: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return issue.path.at(-1) === 'type' ? 'this type is unknown or not allowed here' : issue.message;
    default:
      return issue.message;
  }
}

function repeatedBlockIds(blocks: readonly Block[], pointer: string): string[] {
  return repeated(blocks.map((block) => block.block_id)).map(
    (index) => `this block_id stands on another block too [json-pointer:${pointer}/${index}/block_id]`,
  );
}

function repeatedActionIds(blocks: readonly Block[], pointer: string): string[] {
  return blocks.flatMap((block, position) =>
    block.type === 'actions'
      ? repeated(block.elements.map((element) => element.action_id)).map(
          (index) =>
            `this action_id stands on another element too [json-pointer:${pointer}/${position}/elements/${index}/action_id]`,
        )
      : [],
  );
}

/** The places of those values that stood in the list before. */
function repeated(values: readonly (string | undefined)[]): number[] {
  return values.flatMap((value, index) =>
    value !== undefined && value !== '' && values.indexOf(value) < index ? [index] : [],
  );
}
