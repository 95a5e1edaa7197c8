interface Allowance {
  /** How many calls may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

// docs.slack.dev/apis/web-api/rate-limits: a tier promises so many calls a minute; bursts are tolerated without a number.
const tier = (perMinute: number): Allowance => ({ burst: perMinute, perSecond: perMinute / 60 });
const tier2 = tier(20);
const tier3 = tier(50);
const tier4 = tier(100);

/**
 * One message a second in a channel. Slack says that short bursts above it are allowed and names no number;
 * five is this stand-in's choice: low enough that a sender without patience meets the limit.
 */
const oneASecond: Allowance = { burst: 5, perSecond: 1 };

const allowances: Readonly<Record<string, Allowance>> = {
  'auth.test': tier(300),
  'chat.postMessage': oneASecond,
  'chat.postEphemeral': tier4,
  'chat.getPermalink': tier(300),
  'conversations.list': tier2,
  'users.info': tier4,
  'users.list': tier2,
  'files.getUploadURLExternal': tier4,
  'files.completeUploadExternal': tier4,
};

/** Counts calls and says when one comes too soon. */
export class RateLimits {
  readonly #clock: () => number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Takes one call; the answer is how many whole seconds to wait when there is none left, otherwise undefined. */
  take(method: string, team: string, channel?: string): number | undefined {
    const { burst, perSecond } = allowances[method] ?? tier3;
    const key = [method, team, method === 'chat.postMessage' ? channel : undefined].join(' ');
    const now = this.#clock();
    const bucket = this.#buckets.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    this.#buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1 ? undefined : Math.ceil((1 - left) / perSecond);
  }
}
