/** The size of a change to a work tree, file by file. Holds numbers only, never content. */

/** One file that differs. Lines count added + removed. */
export interface ChangeFile {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly added: number;
  readonly removed: number;
  /** What the change weighs: the whole file when it is new or not text, else what it grew by. */
  readonly bytes: number;
  readonly deleted: boolean;
  readonly untracked: boolean;
}

export interface Change {
  readonly files: readonly ChangeFile[];
  /** True when there is more than is listed, or not all of it was measured. */
  readonly truncated: boolean;
}
