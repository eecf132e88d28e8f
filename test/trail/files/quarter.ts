import { DAY_SECONDS, iso } from '../../../src/base/time.js';
import { ACCOUNT, log, record } from './helpers.js';

export const QUARTER = { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' };
/** Seconds since 1970. */
export const START = Date.parse(QUARTER.start) / 1000;

/** Where AWS puts a log file. */
export function delivered(account: string, seconds: number, unique: number | string): string {
  const date = iso(seconds).slice(0, 10).replaceAll('-', '/');
  const time = iso(seconds)
    .replace(/[-:]/g, '')
    .replace(/\d\dZ$/, 'Z');
  const name = `${account}_CloudTrail_us-east-1_${time}_${unique}.json`;
  return `AWSLogs/${account}/CloudTrail/us-east-1/${date}/${name}`;
}

const role = `arn:aws:iam::${ACCOUNT}:role/deploy`;

/**
 * One session per day, in the folders of two trails, with some late files: more files than fit into one block.
 * @param latest seconds
 */
export function quarter(latest = 0.8 * DAY_SECONDS): Record<string, string> {
  const files: Record<string, string> = {};
  for (let hour = 0; hour < 92 * 24; hour += 3) {
    const time = START + hour * 3600;
    const key = `ASIA${Math.floor(hour / 24)}`;
    const started = record({
      eventTime: iso(time),
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      requestParameters: { roleArn: role },
      responseElements: { credentials: { accessKeyId: key } },
    });
    const inside = record({
      eventTime: iso(time + 60),
      eventName: `Get${hour % 5}`,
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/work`,
        accountId: ACCOUNT,
        accessKeyId: key,
        sessionContext: { sessionIssuer: { type: 'Role', arn: role, principalId: 'AROA1' } },
      },
    });
    const text = log(...(hour % 24 === 0 ? [started] : []), inside, record({ eventTime: iso(time) }));
    const late = hour % 21 === 0 ? latest : 600;
    files[delivered(ACCOUNT, time + late, hour)] = text;
    files[`organisation/${delivered(ACCOUNT, time + (hour % 27 === 0 ? 0.9 * latest : 900), hour)}`] = text;
  }
  return files;
}
