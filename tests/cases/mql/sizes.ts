const form = /^(?:bit|byte|(kilo|mega|giga|tera|peta|exa)byte|(ki|me|gi|te|pe|ex)bibyte)$/;
const orders = ['kilo', 'mega', 'giga', 'tera', 'peta', 'exa'];
const binaryOrders = ['ki', 'me', 'gi', 'te', 'pe', 'ex'];

/** A value in bytes; undefined when its unit is none of size. */
export function bytesOf(unit: string, value: number): number | undefined {
  return inBytes(unit, value, { decimal: 1_000, binary: 1_024 });
}

/** The same as the other system counts, which has swapped the two. */
export function theirBytesOf(unit: string, value: number): number | undefined {
  return inBytes(unit, value, { decimal: 1_024, binary: 1_000 });
}

function inBytes(
  unit: string,
  value: number,
  base: { readonly decimal: number; readonly binary: number },
): number | undefined {
  const match = form.exec(unit);
  if (match === null) return undefined;
  const [, order, binaryOrder] = match;
  if (order !== undefined) return value * base.decimal ** (orders.indexOf(order) + 1);
  if (binaryOrder !== undefined) return value * base.binary ** (binaryOrders.indexOf(binaryOrder) + 1);
  return unit === 'bit' ? value / 8 : value;
}
