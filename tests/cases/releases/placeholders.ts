const units = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;
const distance = /^now ?([+-]) ?(\d+) ?(second|minute|hour|day|week)s?$/;

/**
 * Puts values in the place of `<names>` in all texts of a value; unknown names stay. `<now>` is a moment, and `<now - 2
 * days>` one at a distance from it.
 */
export function fillIn<T>(value: T, names: Readonly<Partial<Record<string, string>>>): T {
  if (typeof value === 'string')
    return value.replace(/<([^<>]+)>/g, (all, name: string) => named(name, names) ?? all) as T;
  if (Array.isArray(value)) return value.map((one) => fillIn(one, names)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillIn(one, names)])) as T;
}

function named(name: string, names: Readonly<Partial<Record<string, string>>>): string | undefined {
  const found = distance.exec(name);
  if (names['now'] === undefined || found === null) return names[name];
  const [, sign, count, unit] = found;
  const milliseconds = Number(count) * units[unit as keyof typeof units];
  return new Date(Date.parse(names['now']) + (sign === '-' ? -milliseconds : milliseconds)).toISOString();
}
