/** A channel of a workspace; the bot is a member unless it says otherwise. */
export interface StandInChannel {
  readonly id: string;
  readonly name: string;
  readonly botIsMember?: boolean;
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
}

/** A person of a workspace. */
export interface StandInUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** A workspace of Slack. */
export interface StandInWorkspace {
  readonly teamId: string;
  readonly name: string;
  /** Present where the app is installed from the beginning. */
  readonly botToken?: string;
  /** Whether tokens of this workspace end after half a day and are renewed; not unless it says so. */
  readonly tokenRotation?: boolean;
  readonly botUserId: string;
  readonly channels: readonly StandInChannel[];
  readonly users: readonly StandInUser[];
}

/** A place where messages stand: a channel, or the direct messages between the app and one person. */
export interface Conversation {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'direct';
  /** The person of a direct conversation. */
  readonly user?: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly botIsMember: boolean;
}

/** One workspace while the stand-in runs: what was given, what has changed since, and who is found by which name. */
export class Workspace {
  readonly given: StandInWorkspace;
  /** False after apps.uninstall: from then on the token answers `account_inactive`. */
  installed: boolean;
  /** Whether tokens that are given out from now on end after half a day. */
  tokenRotation: boolean;
  readonly #changes = new Map<string, Partial<StandInChannel>>();

  constructor(given: StandInWorkspace) {
    this.given = given;
    this.installed = given.botToken !== undefined;
    this.tokenRotation = given.tokenRotation ?? false;
  }

  get teamId(): string {
    return this.given.teamId;
  }

  get domain(): string {
    return this.given.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  }

  get botId(): string {
    return this.given.botUserId.replace(/^U/, 'B');
  }

  get appId(): string {
    return this.given.botUserId.replace(/^U/, 'A');
  }

  join(channelId: string): void {
    this.change(channelId, { botIsMember: true });
  }

  /** Changes a channel from now on. */
  change(channelId: string, change: Partial<Omit<StandInChannel, 'id'>>): void {
    this.#changes.set(channelId, { ...this.#changes.get(channelId), ...change });
  }

  user(id: string): StandInUser | undefined {
    return this.given.users.find((user) => user.id === id);
  }

  conversations(): Conversation[] {
    return [
      ...this.given.channels.map((channel) => this.#channel(channel)),
      ...this.given.users.map((user) => directMessages(user.id)),
    ];
  }

  conversation(id: string): Conversation | undefined {
    return this.conversations().find((conversation) => conversation.id === id);
  }

  /** What the `channel` of a call means: an id, a name with or without `#`, or the id of a person. */
  resolve(channel: string): Conversation | undefined {
    const user = this.user(channel);
    if (user !== undefined) return directMessages(user.id);
    const name = channel.replace(/^#/, '');
    return (
      this.conversation(channel) ??
      this.conversations().find((conversation) => conversation.kind === 'channel' && conversation.name === name)
    );
  }

  #channel(given: StandInChannel): Conversation {
    const channel = { ...given, ...this.#changes.get(given.id) };
    return {
      id: channel.id,
      name: channel.name,
      kind: 'channel',
      isPrivate: channel.isPrivate ?? false,
      isArchived: channel.isArchived ?? false,
      botIsMember: channel.botIsMember ?? true,
    };
  }
}

/** The direct messages of the app with a person; the id is made from the person's, so that it is always the same. */
export function directMessages(userId: string): Conversation {
  return {
    id: userId.replace(/^./, 'D'),
    name: 'directmessage',
    kind: 'direct',
    user: userId,
    isPrivate: true,
    isArchived: false,
    botIsMember: true,
  };
}
