import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ConfigurationError, parseSecrets, readConfig } from './config.ts';

describe('configuration', () => {
  it('gives exactly what the schema names', () => {
    const schema = z.object({ TABLE_NAME: z.string() });
    expect(readConfig(schema, { TABLE_NAME: 't', OTHER: 'x' })).toEqual({ TABLE_NAME: 't' });
  });

  it('names every variable that is missing or malformed', () => {
    const schema = z.object({ TABLE_NAME: z.string(), PUBLIC_URL: z.url() });
    const reading = () => readConfig(schema, { PUBLIC_URL: 'nowhere' });
    expect(reading).toThrow(ConfigurationError);
    expect(reading).toThrow(/TABLE_NAME.*PUBLIC_URL/);
  });

  it('names missing secrets and never shows a value', () => {
    const secrets = { slackSigningSecret: 'hush', upstashToken: 12 };
    expect(() => parseSecrets(secrets)).toThrow(/slackClientSecret.*upstashToken.*linkSigningKey/);
    expect(() => parseSecrets(secrets)).not.toThrow(/hush/);
    expect(() => parseSecrets('not an object')).toThrow(ConfigurationError);
  });
});
