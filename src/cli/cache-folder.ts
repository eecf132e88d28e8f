import { homedir } from 'node:os';
import { join } from 'node:path';

/** The cache directory for parsed log files (XDG Base Directory Specification). */
export function defaultCacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const { XDG_CACHE_HOME: xdg } = env;
  // The specification ignores relative paths.
  const root = xdg?.startsWith('/') === true ? xdg : join(homedir(), '.cache');
  return join(root, 'cloudtracker');
}
