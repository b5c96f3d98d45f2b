/** Reads YAML into trees. A file of its own, so that a hook loads the parser only where there is something to parse. */

import { parseDocument } from 'yaml';
import { type Reading, treeOfValue } from './tree.ts';

/** More uses of anchors than a person writes; fewer than make a short text a huge one. */
const MAX_ALIASES = 200;
/** Longer than any file that a person writes, and read in tenths of a second whatever is in it. */
const MAX_LENGTH = 1 << 16;
/** What stands behind the first document does not count: it is none of the parser's errors. */
const MORE_DOCUMENTS = 'MULTIPLE_DOCS';

/** Reads the first document of a text; what has mistakes is read as far as it can be, and is not whole. Never throws. */
export function readYaml(text: string): Reading {
  try {
    const document = parseDocument(text.slice(0, MAX_LENGTH), {
      schema: 'failsafe',
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const errors = document.errors.filter(({ code }) => code !== MORE_DOCUMENTS);
    const tree = treeOfValue(document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES }));
    return { tree, whole: errors.length === 0 && text.length <= MAX_LENGTH };
  } catch {
    // Nested too deep, or too many aliases.
    return { tree: '', whole: false };
  }
}
