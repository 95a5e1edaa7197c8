import { type Check as CheckOf, checkOf } from '../check.ts';
import type { Judged } from './happening.ts';

/** Judges what a case expects under one key. */
export type Check = CheckOf<Judged>;

/** Checks by the key of the expectation. */
export type Checks = Readonly<Record<string, Check>>;

/** A check of expectations of one form. */
export const check = checkOf<Judged>();
