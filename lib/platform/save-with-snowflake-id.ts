import { ConflictError } from './errors.ts';
import type { EntityKind, SnowflakeIds } from './snowflake.ts';

/** Thrown by an insert whose ID is taken already; `saveWithSnowflakeId` then tries another one. */
export class IdTakenError extends Error {
  override readonly name = 'IdTakenError';
}

/** An insert that collides takes another ID, this often at most (architecture: "What every write promises"). */
export const maxAttempts = 5;

/**
 * Generates an ID and inserts with it, again with another ID while `insert` throws `IdTakenError`.
 * Whatever else `insert` throws (a duplicate slug, say) goes through and burns no further IDs.
 * @throws ConflictError after five collisions, UnavailableError when no IDs are left.
 */
export async function saveWithSnowflakeId<T>(
  ids: SnowflakeIds,
  kind: EntityKind,
  insert: (id: string) => Promise<T>,
): Promise<T> {
  let collision: unknown;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    try {
      return await insert(await ids.take(kind));
    } catch (error) {
      if (!(error instanceof IdTakenError)) throw error;
      collision = error;
    }
  }
  throw new ConflictError(`No free ID was found for a new ${kind}. Please try again in a second.`, {
    cause: collision,
  });
}
