/** Thrown when a call is one that Slack refuses: becomes `{"ok":false,"error":…}` with HTTP 200, as Slack answers. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  /** What exactly is wrong, for `response_metadata.messages`. */
  readonly problems: readonly string[];

  constructor(code: string, problems: readonly string[] = []) {
    super(code);
    this.code = code;
    this.problems = problems;
  }
}
