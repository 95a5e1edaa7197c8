import type { LocalStack } from '../support/local-stack.ts';

/** Where all of these clients send to. */
export function dsnOf(stack: LocalStack): string {
  return stack.projects[0]?.dsn ?? '';
}
