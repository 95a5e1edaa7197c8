import { context, dateToken, openButton, outside, type SlackMessage, section } from '../../slack/index.ts';
import { inBold } from '../in-bold.ts';
import { statusLooks } from '../incident-status.ts';
import { messages } from '../messages.ts';
import { outageMessages as say } from './messages.ts';

/** What a message says of a rule that cannot be read, or can be again. Nothing of it is escaped yet. */
export interface OutageMessageInput {
  readonly ruleName: string;
  readonly projectName: string;
  readonly link: string;
  /** ISO time. */
  readonly since: string;
  /** Why it cannot be read, or not as usual, and what to do; in words of ours. */
  readonly reason?: string | undefined;
  /** The number of the incident that is open meanwhile. */
  readonly openIncident?: number | undefined;
  /** ISO time: until when nothing was judged; undefined while it is so. */
  readonly until?: string | undefined;
}

/** Characters after escaping. */
const longest = { title: 700, name: 160 } as const;

/** The message of a rule whose metric cannot be read, or can be again; of the same family as those of incidents. */
export function outageMessage(input: OutageMessageInput): SlackMessage {
  const { ruleName, projectName, link, until } = input;
  const { title, status } = until === undefined ? say.begun : say.over;
  const name = outside(ruleName, longest.title);
  const bold = (text: string): string => inBold(outside(text, longest.name));
  return {
    text: `<${link}|*${title(inBold(name))}*>`,
    box: {
      color: statusLooks[until === undefined ? 'warning' : 'closed'].color,
      fallback: messages.fallback(title(name), status),
      blocks: [
        section([status, ...linesOf(input)].join('\n')),
        ...(input.reason === undefined ? [] : [section(say.begun.reason(input.reason))]),
        context(messages.context(bold(ruleName), bold(projectName))),
        { type: 'actions', elements: [openButton('incident', link)] },
      ],
    },
  };
}

function linesOf({ since, until, openIncident }: OutageMessageInput): string[] {
  if (until !== undefined) return [say.over.span(dateToken(since), dateToken(until))];
  const first = say.begun.since(dateToken(since));
  return openIncident === undefined ? [first] : [first, say.begun.openIncident(openIncident)];
}
