import { beforeAll, describe, expect, test } from 'vitest';
import { type FunctionName, functionNames } from '../infra/functions.ts';
import { forgetUses, grantedTo, usedBy } from './support/granted-actions.ts';
import { useWholeApi } from './support/whole-api.ts';
import { useTheRest } from './support/whole-rest.ts';

// Every function does all that it can do. What it does without being allowed to is refused right away, as in every test
// that calls the API (tests/support/granted-actions.ts); what it is allowed to and never does stands out here.

/** What a function needs although nothing here makes it ask for it, and why. */
const rare: Readonly<Partial<Record<FunctionName, Readonly<Record<string, string>>>>> = {
  'after-release': {
    'mainTable BatchWriteItem': 'erases what a project was told of, when it was deleted while its release was written',
  },
};

beforeAll(async () => {
  forgetUses();
  await useTheRest(await useWholeApi());
}, 120_000);

describe('what a function may do at DynamoDB', () => {
  test.each(functionNames)('%s needs', (name) => {
    const used = usedBy(name);
    expect(
      [...used].filter((action) => !grantedTo(name).has(action)),
      'used, and not granted',
    ).toEqual([]);
    const unused = [...grantedTo(name)].filter((action) => !used.has(action));
    expect(unused, 'granted, and never used').toEqual(Object.keys(rare[name] ?? {}));
  });
});
