/** What IDs of rules look like. Whatever else somebody names is no rule, and may not even be a key. */
export const ruleIdForm = /^\d{1,20}$/u;
