import type { RefusalReason } from './refused-points.ts';

/** Every sentence of this domain that a person reads. */
export const messages = {
  tooManySeries: 'These points touch too many series at once. Send them in several envelopes.',
  notStored: 'The points cannot be stored at the moment. Please try again.',
} as const;

/** Why something was left out, and what to do about it. */
export const refusalTexts: Readonly<Record<RefusalReason, string>> = {
  malformed: 'Not a metric in the form name@unit:value|type|#tag:value|T<seconds>.',
  type_not_stored: 'Only counters (type c) are stored in this version.',
  item_not_stored: 'Items of this type are accepted and not stored.',
  value_out_of_range:
    'A value is 0 or between a millionth and a million millions; one request adds 9,007,199,254,740,991 to a counter at most.',
  too_many_tags: 'A point has 50 tags at most.',
  too_old: 'Points are taken for a day.',
  in_future: 'The time lies ahead by more than a minute; check the clock of the sender.',
};
