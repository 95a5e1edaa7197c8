const units = [
  { name: 'day', article: 'a', seconds: 86_400 },
  { name: 'hour', article: 'an', seconds: 3_600 },
  { name: 'minute', article: 'a', seconds: 60 },
  { name: 'second', article: 'a', seconds: 1 },
] as const;

/** Distances that have a name of their own. */
const named: Readonly<Record<number, string>> = { 604800: 'a week', 2592000: 'a month' };

/** The length of a window after "the last": `minute`, `10 minutes`, `4 hours`. */
export function describeWindow(seconds: number): string {
  const { count, unit } = inLargestUnit(seconds);
  return count === 1 ? unit.name : `${count} ${unit.name}s`;
}

/** A distance back in time: `5 minutes earlier`, `an hour earlier`, `a week earlier`. */
export function describeDistance(seconds: number): string {
  const { count, unit } = inLargestUnit(seconds);
  const distance = named[seconds] ?? (count === 1 ? `${unit.article} ${unit.name}` : `${count} ${unit.name}s`);
  return `${distance} earlier`;
}

/** How long something lasted, in its two largest units: `3 hours 20 minutes`. */
export function describeLength(seconds: number): string {
  const [largest = units[3], next] = units.filter((unit) => seconds >= unit.seconds);
  const count = Math.floor(seconds / largest.seconds);
  const rest = next === undefined ? 0 : Math.floor((seconds % largest.seconds) / next.seconds);
  return [counted(count, largest.name), ...(rest > 0 && next ? [counted(rest, next.name)] : [])].join(' ');
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** The largest unit that divides the time. */
function inLargestUnit(seconds: number) {
  const unit = units.find((candidate) => seconds % candidate.seconds === 0) ?? units[3];
  return { count: seconds / unit.seconds, unit };
}
