/** How large an item is, as DynamoDB counts it; of the types that items of metrics have. */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: unknown): number {
  const [[type = '', held] = []] = Object.entries(value as Record<string, unknown>);
  if (type === 'N') return Math.ceil(String(held).length / 2) + 1;
  if (type === 'BS') return (held as Uint8Array[]).reduce((sum, { length }) => sum + length + 1, 3);
  return Buffer.byteLength(String(held));
}
