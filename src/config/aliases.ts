import { EVENT_ID, type parseEvents } from 'js-yaml';
import { YAML_ERRORS } from '../wording/configuration.js';

export type YamlEvents = ReturnType<typeof parseEvents>;

/** An alias that must not be expanded. */
export interface BadAlias {
  readonly offset: number;
  readonly message: string;
}

/** Size of a node with all aliases replaced by their values. */
interface Extent {
  /** One per node, plus the characters of its scalars. */
  size: number;
  /** Levels, including the node itself. */
  height: number;
}

interface OpenNode extends Extent {
  readonly anchor: string | null;
}

/**
 * Finds an alias that makes a YAML text endless, larger than `maxSize` or deeper than `maxDepth`. A few characters
 * can stand for billions of values (YAML 1.2.2, 7.1: alias nodes).
 * @param maxSize characters of the text with aliases expanded
 * @param maxDepth levels
 */
export function findBadAlias(
  text: string,
  events: YamlEvents,
  { maxSize, maxDepth }: { readonly maxSize: number; readonly maxDepth: number },
): BadAlias | null {
  /** Null while the node is open. */
  const anchors = new Map<string, Extent | null>();
  const open: OpenNode[] = [];
  let size = text.length;
  const add = (extent: Extent): void => {
    const parent = open.at(-1);
    if (parent === undefined) return;
    parent.size += extent.size;
    parent.height = Math.max(parent.height, 1 + extent.height);
  };
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      const node = open.pop();
      if (node === undefined) continue;
      if (node.anchor !== null) anchors.set(node.anchor, node);
      add(node);
      continue;
    }
    if (event.type === EVENT_ID.DOCUMENT) {
      anchors.clear();
      open.push({ anchor: null, size: 0, height: 0 });
      continue;
    }
    const { anchorStart: offset } = event;
    const anchor = offset < 0 ? null : text.slice(offset, event.anchorEnd);
    if (event.type === EVENT_ID.ALIAS) {
      const extent = anchor === null ? undefined : anchors.get(anchor);
      if (extent === null) return { offset, message: YAML_ERRORS.endlessAlias };
      // The parser reports an alias without an anchor.
      if (extent === undefined) continue;
      size += extent.size;
      if (size > maxSize)
        return {
          offset,
          message: YAML_ERRORS.largeAlias(maxSize),
        };
      if (open.length - 1 + extent.height > maxDepth)
        return { offset, message: YAML_ERRORS.deepAlias(maxDepth) };
      add(extent);
      continue;
    }
    if (event.type === EVENT_ID.SCALAR) {
      const extent = { size: 1 + event.valueEnd - event.valueStart, height: 1 };
      if (anchor !== null) anchors.set(anchor, extent);
      add(extent);
      continue;
    }
    if (anchor !== null) anchors.set(anchor, null);
    open.push({ anchor, size: 1, height: 1 });
  }
  return null;
}
