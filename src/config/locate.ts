import { at } from '../base/checked.js';
import { EVENT_ID, getScalarValue } from 'js-yaml';
import type { YamlEvents } from './aliases.js';

export type KeyPath = readonly (string | number)[];

/** Line (from 1) of the key or list item at `path`, or of its nearest existing parent. */
export type Locator = (path: KeyPath) => number;

/** Finds the line of each key in a YAML text. */
export function locateKeys(text: string, events: YamlEvents): Locator {
  let lines: ReadonlyMap<string, number> | undefined;
  return (path) => {
    // Computed only if there is a mistake to locate.
    lines ??= linesOfKeys(text, events);
    for (let length = path.length; length > 0; length -= 1) {
      const line = lines.get(JSON.stringify(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return 1;
  };
}

/** Keys are paths as JSON. */
function linesOfKeys(text: string, events: YamlEvents): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const lineAt = lineIndex(text);
  let next = 0;
  const value = (path: KeyPath): void => {
    const event = events[next++];
    if (event === undefined) return;
    if (event.type === EVENT_ID.SEQUENCE) {
      for (let item = 0; !atPop(); item += 1) {
        note([...path, item]);
        value([...path, item]);
      }
      next += 1;
    } else if (event.type === EVENT_ID.MAPPING) {
      while (!atPop()) {
        const key = events[next];
        const child = key?.type === EVENT_ID.SCALAR ? [...path, getScalarValue(text, key)] : path;
        note(child);
        value(child);
        value(child);
      }
      next += 1;
    }
  };
  const atPop = (): boolean => {
    const type = events[next]?.type;
    return type === undefined || type === EVENT_ID.POP;
  };
  const note = (path: KeyPath): void => {
    const event = events[next];
    if (event === undefined || !('anchorStart' in event)) return;
    const starts = [event.anchorStart];
    if ('start' in event) starts.push(event.start);
    if ('valueStart' in event) starts.push(event.valueStart);
    lines.set(JSON.stringify(path), lineAt(Math.min(...starts.filter((offset) => offset >= 0))));
  };
  while (next < events.length) {
    if (events[next]?.type === EVENT_ID.DOCUMENT || atPop()) next += 1;
    else value([]);
  }
  return lines;
}

/** @returns a function that gives the line (from 1) of an offset */
export function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let [line, behind] = [0, starts.length];
    while (line + 1 < behind) {
      const middle = (line + behind) >> 1;
      if (at(starts, middle) <= offset) line = middle;
      else behind = middle;
    }
    return line + 1;
  };
}

/** `accounts[1].iam` */
export const showPath = (path: KeyPath): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part + 1}]` : i === 0 ? part : `.${part}`)).join('');
