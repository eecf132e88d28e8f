/** The logs cannot be read at all: the message names host, index or folder and what to do. Printed without a stack. */
export class TrailError extends Error {
  override name = 'TrailError';
}
