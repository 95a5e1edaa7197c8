import type { App } from '../../platform/app.ts';
import { type Slack, SlackRefusedError } from '../../slack/index.ts';
import type { ChartInput } from '../charts/chart-input.ts';
import { altTextCharacters, describeChart } from '../charts/describe-chart.ts';
import type { ShownChart } from '../incident-message.ts';

/** What drawing charts for a message needs of the outside world. */
export type DrawingApp = Pick<App, 'log'> & {
  /** The picture as PNG. */
  readonly draw: (input: ChartInput) => Promise<Uint8Array>;
};

/**
 * Draws charts one after the other and hands them to Slack, where nobody sees them yet; undefined for each that is not to be drawn,
 * or could not be. With `mayGoOn` false no other is begun.
 * @throws SlackBusyError, SlackUncertainError when it is worth trying again later
 */
export async function drawCharts(
  app: DrawingApp,
  { slack, teamId, mayGoOn }: { readonly slack: Slack; readonly teamId: string; readonly mayGoOn: () => boolean },
  inputs: readonly (ChartInput | undefined)[],
): Promise<(ShownChart | undefined)[]> {
  const charts: (ShownChart | undefined)[] = [];
  for (const [index, input] of inputs.entries()) {
    const bytes = input === undefined || !mayGoOn() ? undefined : await unlessUndrawable(app, input);
    if (input === undefined || bytes === undefined) {
      charts.push(undefined);
      continue;
    }
    const altText = describeChart(input).slice(0, altTextCharacters);
    try {
      const fileId = await slack.uploadFile(teamId, { name: `digest-${index + 1}.png`, altText, bytes });
      await slack.keepFile(teamId, { fileId, title: input.title });
      charts.push({ fileId, altText });
    } catch (error) {
      if (!(error instanceof SlackRefusedError)) throw error;
      app.log.warn('Slack takes no charts of a digest', { slackError: error.slackError });
      // What it refuses once it refuses for the others too.
      return inputs.map(() => undefined);
    }
  }
  return charts;
}

async function unlessUndrawable(app: DrawingApp, input: ChartInput): Promise<Uint8Array | undefined> {
  try {
    return await app.draw(input);
  } catch (error) {
    app.log.error('a chart of a digest could not be drawn', error);
    return undefined;
  }
}
