/** A secret that was found, without the secret: what the scanner tells and guards judge. */

import type { TextFact } from './facts.ts';
import type { Span } from './text.ts';

export interface SecretHit {
  readonly rule: string;
  readonly provider: string;
  /** `deny` = a provider's own format; `warn` = a generic `key = high entropy`. */
  readonly tier: 'deny' | 'warn';
  readonly where: TextFact['where'];
  readonly path?: string;
  /** Commit that holds it, hexadecimal. */
  readonly commit?: string;
  /** Line and column, from 1, in the file where the text says at which line it starts, else in the text. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** Public prefix only: `ghp_`. */
  readonly prefix: string;
  readonly span: Span;
  readonly fingerprint?: string;
}
