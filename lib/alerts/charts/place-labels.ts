import type { ChartMark } from './chart-input.ts';
import { fonts } from './chart-theme.ts';
import { drawableText, fitText, textWidth } from './text-width.ts';

/** A mark with the place of its name above the plot; without a name where there is no room for it. */
export interface PlacedMark {
  readonly mark: ChartMark;
  readonly x: number;
  readonly label?: { readonly text: string; readonly x: number };
}

/** A name longer than this says enough by its beginning. */
const maxLabelWidth = 100;
const distance = 8;
/** More lines than this would hide the metric. */
const maxMarks = 40;

/** Places the newest marks, and names as many of them as fit side by side, the newest first. */
export function placeMarks(
  marks: readonly ChartMark[],
  { xOf, left, right }: { xOf(timeMs: number): number; readonly left: number; readonly right: number },
): PlacedMark[] {
  const newest = [...marks].sort((one, other) => other.timeMs - one.timeMs).slice(0, maxMarks);
  const taken: { readonly from: number; readonly until: number }[] = [];
  const labels = new Map<ChartMark, PlacedMark['label']>();
  // Which version it was is asked before when it went where.
  for (const mark of [...newest.filter(isRelease), ...newest.filter((each) => !isRelease(each))]) {
    const x = xOf(mark.timeMs);
    const text = fitText(markText(mark), maxLabelWidth, fonts.label);
    const width = textWidth(text, fonts.label);
    const isFree = (at: number) =>
      taken.every(({ from, until }) => at + width + distance <= from || at >= until + distance);
    const places = [x - width / 2, x - 4, x - width + 4].map((at) => Math.min(Math.max(at, left), right - width));
    const place = places.find(isFree);
    if (place === undefined) continue;
    taken.push({ from: place, until: place + width });
    labels.set(mark, { text, x: place });
  }
  return newest.map((mark) => {
    const label = labels.get(mark);
    return { mark, x: xOf(mark.timeMs), ...(label !== undefined && { label }) };
  });
}

function isRelease({ kind }: ChartMark): boolean {
  return kind === 'release';
}

/** Releases and deploys differ by their sign too, not by colour alone. Of `shop@1.2.3` the version is what tells it apart. */
function markText({ kind, name }: ChartMark): string {
  return kind === 'release'
    ? `◆ ${drawableText(name.slice(name.lastIndexOf('@') + 1) || name)}`
    : `▲ ${drawableText(name)}`;
}
