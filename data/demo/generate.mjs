#!/usr/bin/env node
// Writes the account files and CloudTrail logs of the demo: `node data/demo/generate.mjs [folder]`, default this
// folder. The output is deterministic, and a test compares it with the committed files.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountFiles } from './generator/accounts.mjs';
import { logFiles } from './generator/files.mjs';
import { tellStory } from './generator/story.mjs';

const target = process.argv[2] ?? dirname(fileURLToPath(import.meta.url));

const files = [...accountFiles(), ...logFiles(tellStory())];
for (const folder of ['iam', 'logs']) rmSync(join(target, folder), { recursive: true, force: true });
for (const { path, content } of files) {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  writeFileSync(join(target, path), content);
}
const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
console.log(`${files.length} files, ${bytes} bytes in ${target}`);
