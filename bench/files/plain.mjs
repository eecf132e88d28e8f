// The simple way, in one thread: decompress and parse every file, retain nothing. node bench/files/plain.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

let events = 0;
for (const name of readdirSync(process.argv[2], { recursive: true })) {
  if (!name.endsWith('.gz')) continue;
  events += JSON.parse(gunzipSync(readFileSync(join(process.argv[2], name))).toString()).Records.length;
}
console.log(JSON.stringify({ events }));
