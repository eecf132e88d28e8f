import { gzipSync } from 'node:zlib';
import { stream } from './random.mjs';

/**
 * The records as CloudTrail delivers them: `AWSLogs/<account>/CloudTrail/<region>/<yyyy>/<mm>/<dd>/….json.gz`, here
 * one file per account and day. A record marked with `deliveredTwice` is also in a file of a second trail that
 * writes to the same bucket.
 *
 * @param {any[]} records
 * @returns {{ path: string, content: Buffer }[]}
 */
export function logFiles(records) {
  /** @type {Map<string, any[]>} */
  const files = new Map();
  const put = (/** @type {any} */ record, /** @type {string} */ trail) => {
    const key = `${record.recipientAccountId}/${record.eventTime.slice(0, 10)}/${trail}`;
    files.set(key, [...(files.get(key) ?? []), record]);
  };
  for (const { deliveredTwice, ...record } of records) {
    put(record, 'first');
    if (deliveredTwice) put(record, 'second');
  }
  return [...files].map(([key, list]) => ({ path: path(key), content: zip(list) })).sort(byPath);
}

/** @param {string} key */
function path(key) {
  const [account, day] = key.split('/');
  const suffix = stream(key).text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 16);
  const folder = `logs/AWSLogs/${account}/CloudTrail/us-east-1/${day.replaceAll('-', '/')}`;
  return `${folder}/${account}_CloudTrail_us-east-1_${day.replaceAll('-', '')}T2355Z_${suffix}.json.gz`;
}

/** @param {any[]} records */
function zip(records) {
  const sorted = [...records].sort(
    (a, b) => compare(a.eventTime, b.eventTime) || compare(a.eventID, b.eventID),
  );
  const content = gzipSync(JSON.stringify({ Records: sorted }), { level: 9 });
  content[9] = 3; // The header names the operating system: the same on every machine.
  return content;
}

const compare = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0);
const byPath = (/** @type {{path: string}} */ a, /** @type {{path: string}} */ b) => compare(a.path, b.path);
