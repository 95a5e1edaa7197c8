import { seal, unseal } from '../platform/encryption.ts';
import type { Workspace } from './workspace-store.ts';

/** What tokens are sealed and opened with. */
export interface TokenKey {
  readonly tokenEncryptionKey: string;
}

/** The tokens of a bot as Slack gives them: one for good, or one that ends with what it is renewed with. */
export interface BotTokens {
  readonly botToken: string;
  readonly refreshToken?: string | undefined;
  readonly expiresAt?: string | undefined;
}

/** The parts of a workspace that hold its tokens, readable only with the key of this installation. */
export type SealedTokens = Pick<Workspace, 'sealedBotToken' | 'sealedRefreshToken' | 'tokenExpiresAt'>;

/** Seals the tokens of a bot for its workspace; copied to another workspace's item they do not open. */
export function sealTokens({ tokenEncryptionKey: key }: TokenKey, teamId: string, tokens: BotTokens) {
  const { botToken, refreshToken, expiresAt } = tokens;
  return {
    sealedBotToken: seal(botToken, key, `bot-token:${teamId}`),
    ...(refreshToken !== undefined &&
      expiresAt !== undefined && {
        sealedRefreshToken: seal(refreshToken, key, `refresh-token:${teamId}`),
        tokenExpiresAt: expiresAt,
      }),
  } satisfies SealedTokens;
}

/** The bot token of a workspace, if it has one. @throws SealBrokenError with another installation's key */
export function openBotToken({ tokenEncryptionKey: key }: TokenKey, workspace: Workspace): string | undefined {
  const { sealedBotToken, teamId } = workspace;
  return sealedBotToken === undefined ? undefined : unseal(sealedBotToken, key, `bot-token:${teamId}`);
}

/** What the bot token is renewed with, if it ends. @throws SealBrokenError with another installation's key */
export function openRefreshToken({ tokenEncryptionKey: key }: TokenKey, workspace: Workspace): string | undefined {
  const { sealedRefreshToken, teamId } = workspace;
  return sealedRefreshToken === undefined ? undefined : unseal(sealedRefreshToken, key, `refresh-token:${teamId}`);
}
