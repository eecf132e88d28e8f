import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/load.js';
import { UserError } from '../../../src/config/types.js';
import { IamFileError } from '../../../src/iam/errors.js';
import { parsePolicyDocument } from '../../../src/iam/document.js';
import { contractRecords } from '../contract/records.js';
import { answers, folder, log, record } from './helpers.js';

/** `FUZZ=10000 npx vitest run test/trail/files/fuzz.test.ts` looks harder. */
const numRuns = Number(process.env.FUZZ ?? 100);
