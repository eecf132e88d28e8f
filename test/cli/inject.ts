import { readdirSync } from 'node:fs';

const PRELUDE = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { writeSync } = fs;
const once = (act) => { let done = false; return () => { if (!done) { done = true; act(); } }; };
const onText = (text, act) => {
  const actOnce = once(act);
  fs.writeSync = (fd, bytes, ...more) => {
    if (String(bytes).includes(text)) actOnce();
    return writeSync(fd, bytes, ...more);
  };
  if (!process.stderr.isTTY) return;
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = (bytes, ...more) => {
    if (String(bytes).includes(text)) actOnce();
    return write(bytes, ...more);
  };
};
const onListening = (act) => {
  // A run that listens to no signal ends nevertheless.
  const timer = setInterval(() => {
    if (process.listenerCount('SIGINT') === 0) return;
    clearInterval(timer);
    act();
  }, 1).unref();
};
const onRename = (ending, act) => {
  const { rename } = fs.promises;
  fs.promises.rename = async (from, to) => {
    if (to.endsWith(ending)) { act(); await new Promise((resolve) => setTimeout(resolve, 100)); }
    return rename(from, to);
  };
};
const send = (signal) => () => process.kill(process.pid, signal);
`;

/** Value of NODE_OPTIONS that adds code to a program: it acts at exact moments of the run, which another process cannot hit. */
export const inject = (code: string): string =>
  `--import data:text/javascript,${encodeURIComponent(`${PRELUDE}\n${code}\nsyncBuiltinESMExports();`).replaceAll("'", '%27')}`;

/** Parts of an unfinished report, in hidden folders. */
export const unfinishedIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^\..*\/(index\.html|manifest\.json|csv|json|accounts|policies|services|search)$/.test(path),
  );
