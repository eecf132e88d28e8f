import { HOUR_SECONDS } from '../../../base/time.js';
import { describeError } from '../../../base/describe-error.js';
import { parseDigest, type Digest } from '../../digests/digest.js';
import { DELIVERY } from '../../digests/proof.js';
import type { ReadWindow } from '../count/collector.js';
import { unpack } from '../decode/unpack.js';
import { parseDeliveryName } from '../discover/delivery-name.js';
import type { OnProgress } from '../discover/list.js';
import { deliveredFor } from '../evidence/notes.js';
import type { LogStore } from '../store/store.js';

export interface UnreadDigest {
  /** Null where the name does not tell. */
  readonly accountId: string | null;
  readonly path: string;
  readonly reason: string;
}

export interface DigestFiles {
  readonly digests: readonly Digest[];
  readonly unread: readonly UnreadDigest[];
}

/** Files between two messages about progress. */
const PROGRESS = 1000;

/** Reads the digest files of the period and of the accounts. They are found by their names, which hold the end of their hour. */
export async function readDigests(
  store: LogStore,
  names: readonly string[],
  { start, end, accountIds }: ReadWindow,
  onProgress: OnProgress | undefined,
): Promise<DigestFiles> {
  const first = Date.parse(start) / 1000;
  const last = Date.parse(end) / 1000 + DELIVERY + HOUR_SECONDS;
  const digests: Digest[] = [];
  const unread: UnreadDigest[] = [];
  for (const path of names) {
    const delivery = parseDeliveryName(path);
    if (delivery?.holds !== 'digests' || delivery.time < first || delivery.time > last) continue;
    const accountId = deliveredFor(path);
    if (accountId !== null && !accountIds.includes(accountId)) continue;
    const result = await readDigest(store, path);
    if (typeof result === 'string') unread.push({ accountId, path, reason: result });
    else digests.push(result);
    const read = digests.length + unread.length;
    if (read % PROGRESS === 0) onProgress?.(`read ${read} digest files`);
  }
  return { digests, unread };
}

/** @returns why it could not be read */
async function readDigest(store: LogStore, path: string): Promise<Digest | string> {
  try {
    const parsed = parseDigest(unpack(path, await store.read(path)));
    return parsed.ok ? parsed.digest : parsed.reason;
  } catch (error) {
    return describeError(error);
  }
}
