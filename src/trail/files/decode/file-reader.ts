import { failure, success, type Result } from '../../../base/result.js';
import type { RequestPlan } from '../../../base/requests/plan.js';
import { parseContents, toFailedFile, type FailedFile } from '../../log-files/read.js';
import { RecordEncoder } from './record-encoder.js';
import type { InternTableDelta, EncodedFile } from './encoded-file.js';
import { checksum, unpack, type FileChecksum, type Inflate } from '../../log-files/unpack.js';
import { JsonScanner } from './json-scanner.js';
import type { LogStore } from '../../log-files/store.js';
import { WasmMemoryExhaustedError } from './wasm-instance.js';

export interface DecodedFile {
  /** Name in the store. */
  readonly path: string;
  /** Indexes in earlier files of this reader are no longer valid. */
  readonly isReset: boolean;
  readonly source: FileChecksum;
  readonly delta: InternTableDelta;
  readonly encoded: EncodedFile;
}

/** A reader resets its tables before they exceed about this many bytes. */
const MAX_TABLE_BYTES = 16 * 1024 * 1024;
/** A reader resets its resource tables at about this many entries. */
const MAX_RESOURCE_NAMES = 8_000;

/** Turns off assembly/inflate, for measurements or if it proves wrong. */
const USE_ZLIB = process.env.CLOUDTRACKER_INFLATE === 'zlib';

/** Reads, decompresses and encodes log files. */
export class FileReader {
  #scanner = new JsonScanner();
  #encoder: RecordEncoder;
  #isReset = true;

  /**
   * @param plan what to look for in requests
   * @param hashContents whether the uncompressed content of files is hashed
   */
  constructor(
    private readonly store: LogStore,
    private readonly plan?: RequestPlan,
    private readonly hashContents = false,
  ) {
    this.#encoder = new RecordEncoder(this.#scanner, plan);
  }

  readonly #inflate: Inflate = (data, size) => this.#scanner.inflate(data, size);

  async read(path: string): Promise<Result<DecodedFile, FailedFile>> {
    let source: FileChecksum | undefined;
    try {
      if (this.#encoder.tables.bytes > MAX_TABLE_BYTES) this.#reset();
      if (this.#encoder.tables.resources > MAX_RESOURCE_NAMES) this.#encoder.tables.forgetResources();
      const packed = await this.store.read(path, (size) => this.#scanner.reserve(size));
      source = checksum(packed);
      const bytes = unpack(path, packed, USE_ZLIB ? undefined : this.#inflate);
      if (this.hashContents) source = { ...source, contentSha256: checksum(bytes).sha256 };
      const encoded = this.#encoded(bytes);
      const isReset = this.#isReset;
      this.#isReset = false;
      return success({ path, isReset, source, delta: this.#encoder.tables.delta(), encoded });
    } catch (error) {
      if (error instanceof WasmMemoryExhaustedError) this.#reset();
      return failure({ ...toFailedFile(path, error), ...(source === undefined ? {} : { source }) });
    }
  }

  #encoded(bytes: Buffer): EncodedFile {
    const capacity = Math.max(bytes.length, JsonScanner.CAPACITY);
    if (capacity !== this.#scanner.capacity) {
      this.#reset();
      this.#scanner = new JsonScanner(capacity);
      this.#encoder = new RecordEncoder(this.#scanner, this.plan);
    }
    const scanned = this.retryWithEmptyTables(() => this.#encoder.encodeBytes(bytes));
    if (scanned !== null && !this.#encoder.isUnusual) return scanned;
    const contents = parseContents(bytes);
    return this.retryWithEmptyTables(() => this.#encoder.encodeValues(contents));
  }

  /** Retries with empty tables: those of earlier files may have left too little memory. */
  retryWithEmptyTables<T>(encode: () => T): T {
    try {
      return encode();
    } catch (error) {
      if (!(error instanceof WasmMemoryExhaustedError)) throw error;
      this.#reset();
      return encode();
    }
  }

  #reset(): void {
    this.#encoder = new RecordEncoder(this.#scanner, this.plan);
    this.#isReset = true;
  }
}
