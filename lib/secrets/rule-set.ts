/** What a user's own secret configuration adds to the scanner and takes from it. Holds types only; `gitleaks/` builds one. */

import type { ScanResult } from './scan.ts';

/** A finding as allow lists look at it. */
export interface Excusable {
  readonly rule: string;
  readonly secret: string;
  /** Key and secret. */
  readonly match: string;
  /** The line or lines that hold it. */
  readonly line: string;
  readonly path: string | undefined;
  /** True when a rule of the configuration found it. */
  readonly isOwn: boolean;
}

export interface UserScan {
  readonly text: string;
  readonly path: string | undefined;
  readonly isLate: () => boolean;
}

export interface RuleSet {
  /** Runs the user's own rules. */
  readonly find: (scan: UserScan) => ScanResult;
  /** True when the configuration disables the rule or allows the finding. */
  readonly excuses: (finding: Excusable) => boolean;
}
