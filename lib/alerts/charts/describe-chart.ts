import { formatValue } from '../../metrics/index.ts';
import { messages } from '../messages.ts';
import type { ChartInput } from './chart-input.ts';
import { isBeyond } from './chart-line.ts';
import { type MeasuredPoint, stretches, summarize } from './summarize.ts';
import { describeMoment, describeRange } from './time-axis.ts';

/** Slack takes 1,000 characters as the description of an uploaded image, and 2,000 in a block. https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
export const altTextCharacters = 1_000;
/** A name longer than this says enough by its beginning. */
const nameCharacters = 120;
/** More would be a list that nobody listens to. */
const toldStretches = 5;

/** The picture in words, numbers first, for who does not see it and for where it could not be drawn. Not escaped. */
export function describeChart(input: ChartInput): string {
  const { min, max, last } = summarize(input.points);
  const range = describeRange(input.fromMs, input.untilMs);
  const about = messages.chartAbout(cut(input.title), cut(input.subtitle), range);
  if (min === undefined || max === undefined || last === undefined) return `${about} ${messages.noDataInChart}.`;
  const said = ([timeMs, value]: MeasuredPoint) =>
    messages.chartValueAt(formatValue(value, input.unit), describeMoment(timeMs));
  const sentences = [messages.chartExtremes(said(min), said(max), said(last)), ...beyond(input), ...incidents(input)];
  return sentences.reduce(
    (text, sentence) => (text.length + sentence.length < altTextCharacters ? `${text} ${sentence}` : text),
    about,
  );
}

/** When it was beyond the critical threshold. */
function beyond(input: ChartInput): string[] {
  const critical = input.thresholds.find(({ kind }) => kind === 'critical');
  if (critical === undefined) return [];
  const threshold = formatValue(critical.value, input.unit);
  const spans = stretches(input.points, (value) => value !== null && isBeyond(value, input));
  if (spans.length === 0) return [messages.chartNeverBeyond(input.thresholdType, threshold)];
  const told = spans
    .slice(-toldStretches)
    .map(({ startMs, endMs }) =>
      startMs === endMs ? describeMoment(startMs) : messages.chartSpan(describeMoment(startMs), describeMoment(endMs)),
    );
  return [messages.chartBeyond(input.thresholdType, threshold, told, spans.length - told.length)];
}

function incidents({ incidents: spans }: ChartInput): string[] {
  return spans
    .slice(-toldStretches)
    .map(({ identifier, startMs, endMs }) =>
      messages.chartIncidentSpan(
        identifier,
        describeMoment(startMs),
        endMs === null ? undefined : describeMoment(endMs),
      ),
    );
}

function cut(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return [...line].length > nameCharacters ? `${[...line].slice(0, nameCharacters - 1).join('')}…` : line;
}
