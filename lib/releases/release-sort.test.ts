import { describe, expect, it } from 'vitest';
import { isInOrder, releaseSort, type VersionOrder, versionOrder, versionPosition } from './release-sort.ts';

function sorted(order: VersionOrder, versions: readonly string[]): string[] {
  const positions = versions
    .filter((version) => isInOrder(order, version))
    .map((version, index) => versionPosition(`2026-03-0${index + 1}T09:00:00.000Z#${index}`, version));
  return positions.toSorted(versionOrder(order)).map((position) => position.split('#').slice(2).join('#'));
}

describe('the order of versions', () => {
  it('is by number, then final before prerelease, then newest; what is no version comes last', () => {
    const added = [
      't@2.2',
      't@10.0+122',
      't@2.2-alpha',
      't@2.2.3',
      't@2.20.3',
      't@2.20.3.3',
      't@10.0+123',
      't@x#y',
      'z',
    ];
    expect(sorted('semver', added)).toEqual([
      't@10.0+123',
      't@10.0+122',
      't@2.20.3.3',
      't@2.20.3',
      't@2.2.3',
      't@2.2',
      't@2.2-alpha',
      'z',
      't@x#y',
    ]);
  });

  it('by build has those that have a number for one, the highest first', () => {
    expect(sorted('build', ['t@1+9', 't@1+abc', 't@9+10', 't@2', 'z', 't@1+10'])).toEqual([
      't@1+10',
      't@9+10',
      't@1+9',
    ]);
  });
});

describe('what to sort by', () => {
  it.each([
    ['date', false, 'date'],
    ['adoption', false, 'date'],
    ['users_24h', true, 'date'],
    ['semver', false, 'semver'],
    ['build', true, 'build'],
  ])('%s (flatten %s) is the order of %s', (sort, flatten, order) => {
    expect(releaseSort(sort, flatten)).toBe(order);
  });

  it.each([
    ['bogus', true, /^invalid sort/],
    ['crash_free_sessions', false, /^sorting by crash statistics requires flattening \(flatten=1\)/],
  ])('%s is refused', (sort, flatten, text) => {
    expect(() => releaseSort(sort, flatten)).toThrow(text);
  });
});
