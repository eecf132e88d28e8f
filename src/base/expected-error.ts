/** An error that the user can fix: printed without a stack trace, exit code 2. */
export class ExpectedError extends Error {
  override name = 'ExpectedError';
  readonly lines: readonly string[];

  /** @param message one line or several; a line can quote values that contain line breaks */
  constructor(message: string | readonly string[], options?: ErrorOptions) {
    const lines = typeof message === 'string' ? [message] : message;
    super(lines.join('\n'), options);
    this.lines = lines;
  }
}
