/** Words that cases have for the same thing, by what stands in them; the first that fits is taken. */
const words: readonly (readonly [pattern: RegExp, key: string])[] = [
  [/snooz/, 'rule_snoozed_for'],
  [/thread/, 'thread_flag'],
  [/(?:find|load|look|get|read).*parent|parent.*(?:find|load|look|get|read)/, 'parent_lookup'],
  [/integration/, 'integration_status'],
  [/sav(?:e|ing)|stor(?:e|ing)/, 'store_message'],
];

/** What a case gives, in the words of its form; a word that says nothing stays, and is refused there. */
export function inOurWords(given: unknown, known: readonly string[]): unknown {
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(
    Object.entries(given)
      .flatMap(([key, value]) => (key.includes('option') && isObject(value) ? Object.entries(value) : [[key, value]]))
      .map(([key, value]) => {
        const word = known.includes(key) ? key : (words.find(([pattern]) => pattern.test(key))?.[1] ?? key);
        return [word, meant(word, value)];
      }),
  );
}

/** Whether somebody is concerned says as much as who is; what is missing is as good as gone. */
function meant(word: string, value: unknown): unknown {
  if (word === 'rule_snoozed_for' && value === true) return 'everyone';
  if (word === 'integration_status' && value === null) return 'missing';
  return value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
