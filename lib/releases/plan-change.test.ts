import { describe, expect, it } from 'vitest';
import { applyChange, planChange, type ReleaseWish } from './plan-change.ts';
import type { Release } from './release-record.ts';

const standing: Release = {
  id: '1',
  organization: 'acme',
  version: '1.0',
  status: 'open',
  ref: 'main',
  dateAdded: '2026-03-02T09:00:00.000Z',
  heads: {},
  projectIds: new Set(['11']),
};
const nothing: ReleaseWish = { fill: {}, projectIds: [] };

describe('what a wish changes about a release', () => {
  it.each<[string, Partial<ReleaseWish>]>([
    ['nothing is wished', {}],
    ['the same is wished', { fill: { ref: 'main' }, status: 'open', projectIds: ['11'] }],
    ['something filled is wished otherwise', { fill: { ref: 'other' } }],
  ])('is nothing when %s', (_, wish) => {
    expect(planChange(standing, { ...nothing, ...wish })).toBeUndefined();
  });

  it('is what was empty, another status and new projects', () => {
    const wish: ReleaseWish = {
      fill: { ref: 'other', url: 'https://ci.example', dateReleased: '2026-03-02T10:00:00.000Z' },
      status: 'archived',
      projectIds: ['11', '12'],
    };
    const change = planChange(standing, wish);
    expect(change).toEqual({
      fill: { url: 'https://ci.example', dateReleased: '2026-03-02T10:00:00.000Z' },
      set: {},
      status: 'archived',
      attach: ['12'],
    });
    const changed = applyChange(standing, change ?? { fill: {}, set: {}, attach: [] });
    expect(changed).toEqual({ ...standing, ...change?.fill, status: 'archived', projectIds: new Set(['11', '12']) });
    expect(planChange(changed, wish), 'and then nothing more').toBeUndefined();
  });

  it('works for a release without projects', () => {
    const { projectIds: _, ...bare } = standing;
    expect(planChange(bare, { ...nothing, projectIds: ['11'] })).toEqual({ fill: {}, set: {}, attach: ['11'] });
    expect(applyChange(bare, { fill: {}, set: {}, attach: [] })).toEqual(bare);
  });

  it('is what an update says, in place of what stands there, and null clears', () => {
    const change = planChange(standing, { set: { ref: null, url: 'https://ci.example', dateReleased: null } });
    expect(change).toEqual({ fill: {}, set: { ref: null, url: 'https://ci.example' }, attach: [] });
    const { ref: _, ...cleared } = standing;
    expect(applyChange(standing, change ?? { fill: {}, set: {}, attach: [] })).toEqual({
      ...cleared,
      url: 'https://ci.example',
    });
  });
});
