import { failure, type Result } from '../../base/result.js';
import { HOUR_SECONDS } from '../../base/time.js';
import { describeError } from '../../base/describe-error.js';
import { parseDigest, type Digest } from './digest.js';
import { DELIVERY } from './proof.js';
import type { Period } from '../../period.js';
import { unpack } from '../log-files/unpack.js';
import { deliveredFor, parseDeliveryName } from '../log-files/delivery-name.js';
import type { OnProgress } from '../log-files/list.js';
import type { LogStore } from '../log-files/store.js';
import { FILE_PROGRESS } from '../../wording/log-files.js';

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
  { start, end, accountIds }: Period & { readonly accountIds: readonly string[] },
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
    if (result.ok) digests.push(result.value);
    else unread.push({ accountId, path, reason: result.error });
    const read = digests.length + unread.length;
    if (read % PROGRESS === 0) onProgress?.(FILE_PROGRESS.digests(read));
  }
  return { digests, unread };
}

async function readDigest(store: LogStore, path: string): Promise<Result<Digest>> {
  try {
    return parseDigest(unpack(path, await store.read(path)));
  } catch (error) {
    return failure(describeError(error));
  }
}
