import {
  constructFromEvents,
  FAILSAFE_SCHEMA,
  mergeTag,
  nullCoreTag,
  parseEvents,
  YAMLException,
} from 'js-yaml';
import { findBadAlias } from './aliases.js';
import { lineIndex, locateKeys, type Locator } from './locate.js';
import { YAML_ERRORS } from '../wording/configuration.js';

/** Characters, with aliases expanded. A configuration with 20,000 exemptions has as many. */
export const MAX_SIZE = 5_000_000;
/** No key of a configuration is deeper than five levels. */
const MAX_DEPTH = 20;

/** The text is not valid or not supported YAML. */
export class YamlError extends Error {
  override name = 'YamlError';

  /** @param line from 1; undefined for the whole text */
  constructor(
    readonly line: number | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** Parses one YAML document; all scalars are text or null. @throws YamlError */
export function parseYaml(text: string): { readonly tree: unknown; readonly locate: Locator } {
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    const bad = findBadAlias(text, events, { maxSize: MAX_SIZE, maxDepth: MAX_DEPTH });
    if (bad !== null) throw new YamlError(lineIndex(text)(bad.offset), bad.message);
    const documents = constructFromEvents(events, {
      source: text,
      schema: FAILSAFE_SCHEMA.withTags(nullCoreTag, mergeTag),
      // Merged values are aliases, which are already counted.
      maxTotalMergeKeys: -1,
    });
    if (documents.length === 0) throw new YAMLException(YAML_ERRORS.noDocument);
    if (documents.length > 1) throw new YAMLException(YAML_ERRORS.moreDocuments);
    return { tree: documents[0], locate: locateKeys(text, events) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const reason = error.reason.startsWith('nesting exceeded')
      ? YAML_ERRORS.tooDeep(MAX_DEPTH)
      : error.reason;
    // The message of the exception quotes lines around the mistake, which may contain a secret.
    throw new YamlError(error.mark && error.mark.line + 1, YAML_ERRORS.invalid(reason));
  }
}
