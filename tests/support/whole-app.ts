import type { ChartJob, NotificationAddress } from '../../lib/alerts/index.ts';
import { type TokenCache, tokenCache } from '../../lib/organizations/index.ts';
import { type RandomText, randomText } from '../../lib/platform/random-text.ts';
import type { DeletionMessage } from '../../lib/projects/index.ts';
import type { AfterRelease, DeployNoticeJob, FetchMessage } from '../../lib/releases/index.ts';
import type { SlackJobOf } from '../../lib/slack/index.ts';
import type { TestApp } from './app-over-engines.ts';
import { type ArrayQueue, arrayQueue } from './array-queue.ts';

/** A test app with what all functions of the API together need. */
export type WholeApp = TestApp & {
  readonly tokens: TokenCache;
  readonly randomText: RandomText;
  readonly publicUrl: string;
  readonly tokenEncryptionKey: string;
  /** What was to be erased. */
  readonly deletions: ArrayQueue<DeletionMessage>;
  /** The services that commits can be fetched from. */
  readonly providers: ReadonlySet<string>;
  /** Whose commits were to be fetched. */
  readonly fetches: ArrayQueue<FetchMessage>;
  /** Deploys whose people were to be told. */
  readonly deployNotices: ArrayQueue<DeployNoticeJob>;
  /** What releases left to be done. */
  readonly followUps: ArrayQueue<AfterRelease>;
  /** Whom incidents were to be told to. */
  readonly notifications: ArrayQueue<NotificationAddress>;
  /** What was to be drawn. */
  readonly charts: ArrayQueue<ChartJob>;
  /** What was to be said in Slack. */
  readonly outgoing: ArrayQueue<SlackJobOf<'outgoing-message'>>;
};

/** Adds to a test app what functions add, with queues that tests empty themselves. */
export function wholeApp(testApp: TestApp): WholeApp {
  return {
    ...testApp,
    tokens: tokenCache(testApp.clock),
    randomText,
    publicUrl: 'https://postflow.example',
    tokenEncryptionKey: 'a sealing key for tests',
    deletions: arrayQueue<DeletionMessage>(),
    providers: new Set(['github']),
    fetches: arrayQueue<FetchMessage>(),
    deployNotices: arrayQueue<DeployNoticeJob>(),
    followUps: arrayQueue<AfterRelease>(),
    notifications: arrayQueue<NotificationAddress>(),
    charts: arrayQueue<ChartJob>(),
    outgoing: arrayQueue<SlackJobOf<'outgoing-message'>>(),
  };
}
