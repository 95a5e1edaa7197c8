import { RefusalError } from './errors.ts';

/**
 * What somebody looks at; undefined when it is not there, not for them, or not any more: to them it is all the same.
 * @throws whatever is no fault of theirs, such as a table that does not answer
 */
export async function unlessOutOfReach<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof RefusalError && error.status < 500) return undefined;
    throw error;
  }
}
