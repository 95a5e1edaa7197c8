/** The result of a command for people: lists as a table, one thing as lines of name and value. */
export function formatResult(result: unknown): string {
  const rows = listIn(result);
  if (rows !== undefined) return rows.length === 0 ? 'There are none yet.' : table(rows);
  if (!isRecord(result)) return result === null || result === undefined ? 'Done.' : String(result);
  const entries = Object.entries(result);
  if (entries.length === 0) return 'Done.';
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${cell(value)}`).join('\n');
}

/** The rows of a result that is a list, or an object with nothing but one. */
function listIn(result: unknown): Record<string, unknown>[] | undefined {
  const values = isRecord(result) ? Object.values(result) : [];
  const list = Array.isArray(result) ? result : values.length === 1 ? values[0] : undefined;
  return Array.isArray(list) && list.every(isRecord) ? list : undefined;
}

function table(rows: readonly Record<string, unknown>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [
    columns.map((name) => name.toUpperCase()),
    ...rows.map((row) => columns.map((name) => cell(row[name]))),
  ];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (Array.isArray(value)) return value.map(cell).join(', ') || '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
