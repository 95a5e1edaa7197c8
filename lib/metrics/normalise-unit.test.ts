import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mri, parseMri } from './metric-name.ts';
import { normaliseName } from './normalise-name.ts';
import { normaliseUnit } from './normalise-unit.ts';

describe('a unit', () => {
  it.each([
    ['', 'none'],
    ['1', 'none'],
    ['none', 'none'],
    ['{request}', 'none'],
    ['{request}/s', 'per_second'],
    ['ms', 'millisecond'],
    ['s', 'second'],
    ['us', 'microsecond'],
    ['min', 'minute'],
    ['By', 'byte'],
    ['KiBy', 'kibibyte'],
    ['kBy', 'kilobyte'],
    ['By/s', 'byte_per_second'],
    ['{packet}/{flow}', 'none'],
    ['%', 'percent'],
    ['Cel', 'Cel'],
    ['m2.kg', 'm2_kg'],
    ['millisecond', 'millisecond'],
    ['toString', 'toString'],
    ['x'.repeat(80), 'x'.repeat(40)],
  ])('%j is %s', (text, unit) => {
    expect(normaliseUnit(text)).toBe(unit);
  });
});

describe('a name of an application', () => {
  it.each([
    ['page.views', 'custom/page.views@none'],
    ['http.server.request.duration', 'custom/http.server.request.duration@none'],
    ['system/cpu/time', 'custom/system.cpu.time@none'],
    ['button clicks!', 'custom/button_clicks_@none'],
    ['2xx', 'custom/_2xx@none'],
    ['Äpfe\u212a', 'custom/_pfe_@none'],
    ['x'.repeat(150), `custom/${'x'.repeat(150)}@none`],
  ])('%s becomes %s', (name, text) => {
    const normal = normaliseName('c', name, '');
    expect(normal && mri(normal)).toBe(`c:${text}`);
  });

  it.each(['', '  ', 'x'.repeat(151)])('%j is none', (name) => {
    expect(normaliseName('c', name, '')).toBeUndefined();
  });

  it('is an id of a metric, whatever it was', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, text, (name, unit) => {
        const normal = normaliseName('d', name, unit);
        if (normal !== undefined) expect(parseMri(mri(normal))).toEqual(normal);
      }),
    );
  });
});
