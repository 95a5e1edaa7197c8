import type { App } from '../platform/app.ts';
import { ForbiddenError, UnauthenticatedError } from '../platform/errors.ts';
import { messages } from './messages.ts';
import { findProjectKey } from './project-key.ts';
import type { ProjectKey } from './project-key-store.ts';

/** Where clients put the key of a DSN: into a header (command line, OpenTelemetry), or into the query (SDKs in browsers and Node). */
export interface SentKey {
  /** The header `X-Sentry-Auth`. */
  readonly authHeader: string | undefined;
  /** The query parameter `sentry_key`. */
  readonly queryKey: string | undefined;
  /** The header `Authorization`, where a key may stand as a bearer token. */
  readonly authorization?: string | undefined;
}

/**
 * Says for whom a client sends. Where the address names no project, the key alone says which it is.
 * @throws UnauthenticatedError without a key that we know, ForbiddenError when the key is another project's
 */
export async function authenticateProjectKey(
  app: Pick<App, 'table'>,
  sent: SentKey & { readonly projectId?: string },
): Promise<ProjectKey> {
  const publicKey = keyInHeader(sent.authHeader) ?? bearerKey(sent.authorization) ?? sent.queryKey;
  if (publicKey === undefined) throw new UnauthenticatedError(messages.keyMissing);
  const key = await findProjectKey(app, publicKey);
  if (key === undefined) throw new UnauthenticatedError(messages.keyUnknown);
  if (sent.projectId !== undefined && key.projectId !== sent.projectId)
    throw new ForbiddenError(messages.keyOfAnotherProject);
  return key;
}

/** The key in `Sentry sentry_key=…, sentry_version=7, …`; the order of the parts is free. */
function keyInHeader(header: string | undefined): string | undefined {
  const parts = /^\s*sentry\s+(.*)$/isu.exec(header ?? '')?.[1]?.split(',') ?? [];
  return parts.map((part) => /^\s*sentry_key\s*=\s*(\S+)\s*$/iu.exec(part)?.[1]).find((key) => key !== undefined);
}

function bearerKey(header: string | undefined): string | undefined {
  return /^\s*bearer\s+(\S+)\s*$/iu.exec(header ?? '')?.[1];
}
