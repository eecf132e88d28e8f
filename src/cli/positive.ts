import { InvalidArgumentError } from 'commander';
import { INVALID_ARGUMENT } from '../wording/cli-help.js';

/** For options that are counts. */
export function positive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError(INVALID_ARGUMENT.count);
  return number;
}
