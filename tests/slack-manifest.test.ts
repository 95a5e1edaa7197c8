import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { routes } from '../infra/routes.ts';
import { botScopes, signInScopes } from '../lib/slack/index.ts';

const lines = readFileSync(new URL('../docs/slack-app-manifest.yaml', import.meta.url), 'utf8').split('\n');
const indent = (line: string): number => line.search(/\S/);

/** The list below a key, which stands once; comments are left out. As much YAML as the manifest has. */
function listBelow(key: string): string[] {
  const at = lines.findIndex((line) => line.trim() === `${key}:`);
  expect(at, key).toBeGreaterThan(0);
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.trim() !== '' && indent(line) <= indent(lines[at] ?? ''));
  const inside = end < 0 ? rest : rest.slice(0, end);
  return inside.flatMap((line) => /^\s*- ([\w.:/-]+)$/.exec(line)?.[1] ?? []);
}

const addresses = lines.flatMap((line) => /https:\/\/YOUR-API-URL(\/\S+)$/.exec(line)?.[1] ?? []);

/** What has no function yet; a line goes as soon as its route comes. */
const notServedYet = ['/auth/callback/', '/extensions/slack/event/'];

describe('the manifest of the Slack app', () => {
  it('asks for the permissions that the code knows, in the same order', () => {
    expect(listBelow('bot')).toEqual(Object.keys(botScopes));
    expect(listBelow('user')).toEqual([...signInScopes]);
  });

  it('has a reason before every permission', () => {
    for (const scope of Object.keys(botScopes)) {
      const at = lines.findIndex((line) => line.trim() === `- ${scope}`);
      expect(lines[at - 1]?.trim(), scope).toMatch(/^#|^- (channels:history|links:read)$/);
    }
  });

  it('names addresses of ours', () => {
    expect(addresses).toEqual([
      '/extensions/slack/commands/',
      '/auth/callback/',
      '/extensions/slack/install/callback/',
      '/extensions/slack/event/',
      '/extensions/slack/action/',
    ]);
    const served = routes.map(({ path }) => `${path}/`);
    expect(addresses.filter((address) => ![...served, ...notServedYet].includes(address))).toEqual([]);
  });

  it('sends people back to the two callbacks and nowhere else', () => {
    expect(listBelow('redirect_urls')).toEqual([
      'https://YOUR-API-URL/auth/callback/',
      'https://YOUR-API-URL/extensions/slack/install/callback/',
    ]);
  });

  it('subscribes to what is worked on, for which it has the permissions', () => {
    expect(listBelow('bot_events')).toEqual([
      ...['message.im', 'link_shared', 'channel_rename', 'channel_archive', 'channel_deleted'],
      ...['group_rename', 'group_archive', 'app_uninstalled', 'tokens_revoked'],
    ]);
  });
});
