const secondsOf = { h: 3_600, d: 86_400, w: 604_800 } as const;
const longestSeconds = 13 * secondsOf.w;

/** Seconds of a period as people write it (`24h`, `7d`, `4w`); undefined for what is none, or longer than 13 weeks. */
export function readPeriod(text: string): number | undefined {
  const [, count = '', unit] = /^(\d{1,4})([hdw])$/u.exec(text.trim()) ?? [];
  if (unit !== 'h' && unit !== 'd' && unit !== 'w') return undefined;
  const seconds = Number(count) * secondsOf[unit];
  return seconds >= secondsOf.h && seconds <= longestSeconds ? seconds : undefined;
}

/** A period as people write it. */
export function writePeriod(seconds: number): string {
  const unit = seconds % secondsOf.d === 0 ? 'd' : 'h';
  return `${seconds / secondsOf[unit]}${unit}`;
}
