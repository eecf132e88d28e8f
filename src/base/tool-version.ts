import { readFileSync } from 'node:fs';

/** Version in package.json, which is two folders above both src/base and dist/base. */
export function toolVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
