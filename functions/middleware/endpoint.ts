import * as z from 'zod';
import type { Scope } from '../../lib/organizations/index.ts';

/** One answer that an endpoint gives when all goes well. */
export interface EndpointAnswer {
  readonly description: string;
  /** The body; absent for an answer without one. */
  readonly schema?: z.ZodType;
}

/** What one operation of the API is called, takes and gives. The OpenAPI document is made of these and nothing else. */
export interface Endpoint<
  Path extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
> {
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
  /** Exactly as in infra/routes.ts: without a slash at the end. */
  readonly path: string;
  /** Unique among all; the field's verb and noun, such as `listReleases`. */
  readonly id: string;
  readonly tag: EndpointTag;
  readonly summary: string;
  /** Any one of them suffices. */
  readonly scopes: readonly Scope[];
  readonly parameters: Path;
  /** Read from lists of texts: build it with `textParameter` and its like. */
  readonly query: Query;
  /** `noBodySchema` for none. */
  readonly body: Body;
  readonly maxBodyBytes?: number;
  readonly answers: Readonly<Record<number, EndpointAnswer>>;
  /** Answers with a `Link` header that leads to the pages before and after. */
  readonly paged?: true;
}

/** The chapters of the document. */
export type EndpointTag = 'Alerts' | 'Issues' | 'Metrics' | 'Organizations' | 'Projects' | 'Releases';

/** Says that an endpoint takes no body; whatever comes is left unread. */
export const noBodySchema = z.undefined();

/** Describes an endpoint; gives it back with its exact types. */
export function endpoint<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  description: Endpoint<P, Q, B>,
): Endpoint<P, Q, B> {
  return description;
}
