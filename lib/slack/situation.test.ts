import { expect, it } from 'vitest';
import { shownChannelName } from './situation.ts';

it('is no name what Slack sends for every private channel', () => {
  expect(['alerts', 'privategroup'].map(shownChannelName)).toEqual(['alerts', '']);
});
