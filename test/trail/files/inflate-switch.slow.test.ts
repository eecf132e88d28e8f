import { gzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { FileReader } from '../../../src/trail/files/decode/file-reader.js';
import { JsonScanner } from '../../../src/trail/files/decode/json-scanner.js';
import { openStore } from '../../../src/trail/log-files/open-store.js';
import { folder, log, record } from './helpers.js';

// Not a unit test: those share their modules, which this test resets.
it('leaves every file to node:zlib with CLOUDTRACKER_INFLATE=zlib', async () => {
  const root = await folder({ 'a.json.gz': gzipSync(log(record(), record())) });
  vi.stubEnv('CLOUDTRACKER_INFLATE', 'zlib');
  vi.resetModules();
  const { FileReader: WithZlib } = await import('../../../src/trail/files/decode/file-reader.js');
  vi.unstubAllEnvs();
  const inflate = vi.spyOn(JsonScanner.prototype, 'inflate');
  const { JsonScanner: OtherScanner } = await import('../../../src/trail/files/decode/json-scanner.js');
  const otherInflate = vi.spyOn(OtherScanner.prototype, 'inflate');
  const store = openStore({ kind: 'folder', path: root });
  expect(await new WithZlib(store).read('a.json.gz')).toMatchObject({
    ok: true,
    value: { encoded: { counts: { recordsRead: 2 } } },
  });
  expect(otherInflate).not.toHaveBeenCalled();
  expect(await new FileReader(store).read('a.json.gz')).toMatchObject({
    ok: true,
    value: { encoded: { counts: { recordsRead: 2 } } },
  });
  expect(inflate).toHaveBeenCalledOnce();
});
