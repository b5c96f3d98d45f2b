/** The rules of the room that a scan asks, as one. Owns no rule. */

import type { AddAnchor } from './candidate.ts';
import { addFileAnchors } from './rules/files.ts';
import { addGenericAnchors } from './rules/generic.ts';
import { addKeyedAnchors } from './rules/keyed.ts';
import { addPrivateKeyAnchors } from './rules/private-keys.ts';
import { addTokenAnchors } from './rules/tokens.ts';
import { addWebAnchors } from './rules/web.ts';

/** Adds the words of all rules. */
export function addAllAnchors(add: AddAnchor): void {
  addTokenAnchors(add);
  addKeyedAnchors(add);
  addWebAnchors(add);
  addFileAnchors(add);
  addPrivateKeyAnchors(add);
  addGenericAnchors(add);
}
