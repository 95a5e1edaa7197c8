import * as z from 'zod';
import { same } from '../releases/compare.ts';
import { type Check, type Checks, check } from './checks.ts';

const exactly = (key: string): Check => check(z.unknown(), ({ facts }, expected) => same(facts[key], expected));

/** What is known without looking any further. */
export const factChecks: Checks = {
  signature: exactly('signature'),
  signature_base: exactly('signature_base'),
};
