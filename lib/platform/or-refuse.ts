import { ConditionFailedError } from './table.ts';

/**
 * Gives what a write gives; when its condition does not hold, that is refused in the words of whoever wanted it.
 * @throws what `refusal` makes of it, or whatever else kept the write from happening
 */
export async function orRefuse<Result>(
  write: Promise<Result>,
  refusal: (options: ErrorOptions) => Error,
): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    throw error instanceof ConditionFailedError ? refusal({ cause: error }) : error;
  }
}
