import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackLimits } from '../../slack/slack-limits.ts';
import { messages } from '../messages.ts';
import { type OutageMessageInput, outageMessage } from './outage-message.ts';

const input: OutageMessageInput = {
  ruleName: 'Checkout errors',
  projectName: 'web',
  link: 'https://postflow.example/x?referrer=y',
  since: '2024-08-12T13:00:00.000Z',
  reason: messages.difficulties['too-much'],
};
const since = '<!date^1723467600^{date_short_pretty} at {time}|2024-08-12 13:00 UTC>';
const until = '<!date^1723471200^{date_short_pretty} at {time}|2024-08-12 14:00 UTC>';
const open = {
  ...{ type: 'button', action_id: 'incident.open', text: { type: 'plain_text', text: 'Open' }, url: input.link },
};
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const below = [{ type: 'context', elements: [{ type: 'mrkdwn', text: 'Rule *Checkout errors* in project *web*' }] }];
const blind = 'Its metric cannot be read. Until it can, nobody is told of incidents of this rule.';

describe('the message of a rule that cannot be read', () => {
  it('says since when, what that means, why, and what to do', () => {
    expect(outageMessage(input)).toEqual({
      text: '<https://postflow.example/x?referrer=y|*Cannot be read: Checkout errors*>',
      box: {
        color: '#FFC227',
        fallback: `Cannot be read: Checkout errors (${blind})`,
        blocks: [
          section(`${blind}\nIt is so since ${since}; every ten minutes it is tried again.`),
          section(`*Why, and what to do:* ${messages.difficulties['too-much']}`),
          ...below,
          { type: 'actions', elements: [open] },
        ],
      },
    });
  });

  it('says what becomes of the incident that is open', () => {
    expect(JSON.stringify(outageMessage({ ...input, openIncident: 3 }))).toContain(
      'Incident #3 stays open until it can be read again, or until somebody resolves it.',
    );
  });

  it('says when it can be read again what was not judged, and how it is read if not as usual', () => {
    const over = { ...input, until: '2024-08-12T14:00:00.000Z', openIncident: 3 };
    const said = 'Its metric can be read again, and people are told of incidents as before.';
    expect(outageMessage({ ...over, reason: undefined })).toEqual({
      text: '<https://postflow.example/x?referrer=y|*Read again: Checkout errors*>',
      box: {
        color: '#4DC771',
        fallback: `Read again: Checkout errors (${said})`,
        blocks: [
          section(`${said}\nNothing was judged from ${since} to ${until}.`),
          ...below,
          { type: 'actions', elements: [open] },
        ],
      },
    });
    const inHours = outageMessage({ ...over, reason: messages.difficulties.hours });
    expect(inHours.box.blocks[1]).toEqual(section(`*Why, and what to do:* ${messages.difficulties.hours}`));
  });

  it('stays in its limits and mentions nobody, whatever a rule is called', () => {
    const unit = fc.constantFrom('<', '>', '&', '!', '@', '|', '*', '_', '`', 'a', ' ', '\n', '😀');
    const name = fc.string({ unit, maxLength: 400 });
    fc.assert(
      fc.property(name, name, (ruleName, projectName) => {
        const { text, box } = outageMessage({ ...input, ruleName, projectName, openIncident: 99_999_999 });
        const all = JSON.stringify(box.blocks);
        expect(text.length + all.length + box.fallback.length).toBeLessThan(slackLimits.messageCharacters);
        expect(`${text}${all}`.replaceAll(since, '')).not.toMatch(/<[!@#]/u);
        expect(text).not.toMatch(/\n/u);
      }),
      { numRuns: 100 },
    );
  });
});
