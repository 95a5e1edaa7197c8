const dayMs = 24 * 60 * 60 * 1000;
// Within half a year of now Slack leaves the year out.
const nearMs = 183 * dayMs;

/** What a date is shown against. */
export interface DateContext {
  readonly now: number;
  readonly timeZone: string | undefined;
}

/** Fills a format such as `{date_short_pretty} at {time}` in, as Slack does for `<!date^…>`. */
export function formatDateTokens(format: string, unixSeconds: number, context: DateContext): string {
  const date = unixSeconds * 1000;
  return format.replace(/\{(\w+)\}/g, (token, name: string, offset: number) => {
    const value = formatToken(name, date, context);
    if (value === undefined) return token;
    return offset === 0 ? value.charAt(0).toUpperCase() + value.slice(1) : value;
  });
}

function formatToken(name: string, date: number, context: DateContext): string | undefined {
  const parts = partsOf(date, context);
  const year = Math.abs(date - context.now) < nearMs ? '' : `, ${parts.year}`;
  const long = `${parts.month} ${ordinal(parts.day)}${year}`;
  const full = `${parts.weekday}, ${long}`;
  const short = `${parts.month.slice(0, 3)} ${parts.day}${year}`;
  const near = nearDay(date, context);
  const two = (value: number) => String(value).padStart(2, '0');
  const tokens: Readonly<Record<string, string>> = {
    date_num: `${parts.year}-${two(parts.monthNumber)}-${two(parts.day)}`,
    date_slash: `${two(parts.day)}/${two(parts.monthNumber)}/${parts.year}`,
    date: long,
    date_long: full,
    date_long_full: `${parts.month} ${parts.day}, ${parts.year}`,
    date_short: short,
    date_pretty: near ?? long,
    date_short_pretty: near ?? short,
    date_long_pretty: near ?? full,
    day_divider_pretty: near ?? full,
    time: formatTime(date, context),
    time_secs: formatTime(date, context, { second: '2-digit' }),
    ago: formatAgo(date, context.now),
  };
  return tokens[name];
}

/** The time of day, such as `2:34 PM`. */
export function formatTime(date: number, { timeZone }: DateContext, more: Intl.DateTimeFormatOptions = {}): string {
  const options = { hour: 'numeric', minute: '2-digit', ...more, ...(timeZone !== undefined && { timeZone }) } as const;
  return new Intl.DateTimeFormat('en-US', options).format(date).replace(/\s/g, ' ');
}

function partsOf(date: number, { timeZone }: DateContext) {
  const format = new Intl.DateTimeFormat('en-US', {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    ...(timeZone !== undefined && { timeZone }),
  });
  const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]));
  const zone = timeZone === undefined ? {} : { timeZone };
  const monthNumber = Number(new Intl.DateTimeFormat('en-US', { month: 'numeric', ...zone }).format(date));
  const [weekday = '', month = '', year = ''] = (['weekday', 'month', 'year'] as const).map((name) => parts.get(name));
  return { weekday, month, year, day: Number(parts.get('day')), monthNumber };
}

function nearDay(date: number, context: DateContext): string | undefined {
  const day = (time: number) => {
    const { year, monthNumber, day: dayOfMonth } = partsOf(time, context);
    return Date.UTC(Number(year), monthNumber - 1, dayOfMonth) / dayMs;
  };
  return { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(day(date) - day(context.now))];
}

function ordinal(day: number): string {
  const suffix = { one: 'st', two: 'nd', few: 'rd', many: 'th', other: 'th', zero: 'th' };
  return `${day}${suffix[new Intl.PluralRules('en', { type: 'ordinal' }).select(day)]}`;
}

function formatAgo(date: number, now: number): string {
  const seconds = Math.round((date - now) / 1000);
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat('en').format(Math.trunc(seconds / size), unit);
}
