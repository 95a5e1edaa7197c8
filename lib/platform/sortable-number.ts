/** More than are ever counted of anything in one partition. */
const digits = 8;

/** A number that counts things, in the form in which sort keys have it: it sorts as text as it counts. */
export function sortableNumber(number: number): string {
  return String(number).padStart(digits, '0');
}
