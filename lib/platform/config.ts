import * as z from 'zod';

/** The secrets of an installation: one JSON value in Secrets Manager. Fields may be empty until the feature is set up. */
const secretsSchema = z.object({
  /** Verifies that a request comes from Slack (app settings, "Signing Secret"). */
  slackSigningSecret: z.string(),
  /** Does so, less well, for apps without a signing secret; not looked at where there is one (app settings, "Verification Token"). */
  slackVerificationToken: z.string().default(''),
  /** Exchanges an installation code for a bot token (app settings, "Client Secret"). */
  slackClientSecret: z.string(),
  /** Bearer token of the Upstash Redis REST API. */
  upstashToken: z.string(),
  /** Signs the links that people open from Slack. */
  linkSigningKey: z.string(),
  /** Encrypts what other systems trusted us with, such as bot tokens, before it is stored. */
  tokenEncryptionKey: z.string(),
  /** Of the OpenID Connect client, where people do not sign in with Slack; empty for the Slack app's own. */
  oidcClientSecret: z.string().default(''),
  /** Reads commits of repositories on GitHub; installations from before it was asked for do not have the field. */
  githubToken: z.string().default(''),
});

/** The parsed secret value. */
export type Secrets = z.infer<typeof secretsSchema>;

/** Thrown when a function starts without the configuration that it needs; names what is missing, never a value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Parses environment variables by the schema of one function.
 * @throws ConfigurationError that lists every variable that is missing or malformed.
 */
export function readConfig<S extends z.ZodType>(
  schema: S,
  environment: Record<string, string | undefined>,
): z.infer<S> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(`The environment of this function is incomplete (${problems.join('; ')}).`);
}

/**
 * Parses the secret value.
 * @throws ConfigurationError that names the missing fields and where to put them.
 */
export function parseSecrets(value: unknown): Secrets {
  const parsed = secretsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the JSON object itself'))];
  throw new ConfigurationError(`The secret lacks ${fields.join(', ')}: put them there as docs/deploy.md describes.`);
}
