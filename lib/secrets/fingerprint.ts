/** Names a secret without telling it, so that the same secret is known again. Only callers that store findings load this module. */

import { createHmac } from 'node:crypto';

/**
 * First 16 hex digits of HMAC-SHA-256 over rule and secret.
 * @param key random bytes of this installation (`$CODEX_GUARD_HOME`): without them a weak password could be guessed from its fingerprint
 */
export function fingerprint(rule: string, secret: string, key: string | Uint8Array): string {
  return createHmac('sha256', key).update(`${rule}\0${secret}`).digest('hex').slice(0, 16);
}
