import type { CaseRemark } from '../case.ts';

const readsAgain = { differsOnPurpose: 'printed so that it reads as the same query again' };
const numbers = { differsOnPurpose: 'numbers have thousands separators and no zeros at their end' };
const sizes = {
  differsOnPurpose: 'a kilobyte is 1,000 bytes and a kibibyte 1,024; sizes are shown in steps of 1,000',
};

/** All that has to be said of the cases of the query language. */
export const mqlRemarks: Readonly<Record<string, CaseRemark>> = {
  'mql-parse-001': readsAgain,
  'mql-parse-003': readsAgain,
  'mql-parse-026': readsAgain,
  'mql-parse-028': readsAgain,
  'mql-parse-033': readsAgain,
  'mql-parse-053': readsAgain,
  'mql-parse-058': readsAgain,
  'mql-parse-063': { differsOnPurpose: 'an unquoted id ends at white space and at operators' },
  'mql-parse-065': { differsOnPurpose: 'a metric without an aggregate is refused, with its place' },
  'mql-parse-090': readsAgain,
  'mql-eval-011': {
    notExpressed: 'there is one store for all metrics, so that no data set is chosen; the rest of the case holds',
  },
  'mql-eval-023': { differsOnPurpose: 'what cannot be computed is null' },
  'mql-format-009': numbers,
  'mql-format-011': numbers,
  'mql-format-012': sizes,
  'mql-format-021': numbers,
};
