/** A number without an exponent, which the language does not have, and with a decimal point: `2.0`, `-0.0000001`. */
export function printNumber(value: number): string {
  const text = String(Object.is(value, -0) ? 0 : value);
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? [];
  if (exponent === undefined) return fraction === '' ? `${text}.0` : text;
  const shift = Number(exponent);
  return shift < 0
    ? `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(shift, '0')}.0`;
}
