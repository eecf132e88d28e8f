import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

const folder = new URL('../../../templates/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const engine = Handlebars.create();
/** No helpers but the built-in ones: names are then never looked for among helpers, which makes pages faster. */
const compile = (name: string) => engine.compile<object>(read(`${name}.hbs`), { knownHelpersOnly: true });

/** Every value is escaped, except those whose names end in `Html`: they are made by these templates. */
export const pages = {
  layout: compile('layout'),
  index: compile('index'),
  account: compile('account'),
  changes: compile('changes'),
  principal: compile('principal/page'),
  since: compile('principal/since'),
  risks: compile('principal/risks'),
  services: compile('principal/services'),
  used: compile('principal/used'),
  idle: compile('principal/idle'),
  suggestion: compile('principal/suggestion'),
  methodology: compile('methodology'),
  table: compile('table'),
  row: compile('row'),
};

/** The name holds a hash, so that a browser never shows a new page with an old style. */
function asset(name: string, extension: string): { path: string; text: string } {
  const text = read(`assets/${name}.${extension}`);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { path: `assets/${name}.${hash}.${extension}`, text };
}
export const stylesheet = asset('site', 'css');
export const script = asset('site', 'js');
