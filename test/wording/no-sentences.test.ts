import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
/** They return facts and codes; src/wording makes the sentences, so that all of them are in one place. */
const FOLDERS = ['src/iam', 'src/review', 'src/trail', 'src/ingest'];
/** More words than a code or a name of AWS has. */
const MAX_WORDS = 4;

const isSentence = (text: string): boolean =>
  /[A-Z][^.]* [^.]*[a-z][.!?](\s|$)/.test(text) ||
  ((text.match(/\p{L}{2,}/gu) ?? []).length > MAX_WORDS && /\p{L} \p{L}/u.test(text));

/** Errors of the program itself go to its developers. */
const isForDevelopers = (node: ts.Node): boolean =>
  ts.isNewExpression(node.parent) && node.parent.expression.getText() === 'Error';

function sentencesIn(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = ts.isStringLiteralLike(node)
      ? node.text
      : ts.isTemplateExpression(node)
        ? [node.head.text, ...node.templateSpans.map(({ literal }) => `x${literal.text}`)].join('')
        : '';
    if (isSentence(text) && !isForDevelopers(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}: ${text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it.each(FOLDERS)('%s has no sentence for people', (folder) => {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(5);
  expect(files.flatMap((name) => sentencesIn(join(folder, name)))).toEqual([]);
});

it.each([
  ['The logs are incomplete.', true],
  ['nobody was seen to use it', true],
  ['the logs hold events on', true],
  ['outside-boundary', false],
  ['arn:aws:iam::*:role/Name', false],
  ['access_key_1_last_rotated', false],
  ['/aws-service-role/ecs.amazonaws.com/', false],
])('%j', (text, expected) => {
  expect(isSentence(text)).toBe(expected);
});
