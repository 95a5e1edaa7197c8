import { UnavailableError } from '../platform/errors.ts';

/** Thrown when a notification waits for what its target asked for. */
export class AskedToWaitError extends UnavailableError {}

/** Thrown when a notification waits for an earlier one of its thread. */
export class EarlierPendingError extends UnavailableError {}
