/** What the rooms may ask of the machine. Implemented in facts/host.ts, faked in tests; no room but that one touches the disk. */

/** A git repository as its files tell it, read without starting git. */
export interface Repository {
  /** Top of the work tree. */
  readonly root: string;
  readonly gitDir: string;
  /** Shared directory of all worktrees; same as gitDir in the main one. */
  readonly commonDir: string;
  /** Current branch (short name), or undefined when HEAD is detached. */
  readonly branch: string | undefined;
  /** True when the current branch cannot be read from files (reftable); then `branch` undefined says nothing. */
  readonly branchUnknown?: boolean;
  /** Commit that HEAD points to, hexadecimal; undefined before the first commit. */
  readonly revision?: () => string | undefined;
  /** Last value of a configuration key (lower-case, `remote.origin.url`) in the repository's or the user's file. */
  readonly config: (key: string) => string | undefined;
  /** All values of a key that may be given several times (`remote.origin.push`), weakest first. */
  readonly configAll?: (key: string) => readonly string[];
  /** Keys that start with a prefix, with their last value. */
  readonly configUnder: (prefix: string) => ReadonlyMap<string, string>;
  /** Local branch names. */
  readonly branches: () => readonly string[];
  /** True when a short name is a branch, a tag or a remote-tracking branch here, so that git could go there; undefined when it may be one. */
  readonly knowsName?: (name: string) => boolean | undefined;
  /** Branch that was current before this one, as the log of HEAD tells; undefined when it does not. */
  readonly previousBranch?: () => string | undefined;
  /** Default branch of a remote as far as known here (refs/remotes/<remote>/HEAD). */
  readonly defaultBranch: (remote: string) => string | undefined;
}

export interface HostView {
  readonly home: string;
  readonly user: string;
  /** Temporary directories, real paths, most usual first. */
  readonly temporary: readonly string[];
  /** $CODEX_HOME, absolute. */
  readonly codexHome: string;
  /** $CODEX_GUARD_HOME, absolute. */
  readonly guardHome: string;
  /** Roots of the projects that the agent works in, real paths. */
  readonly projects: readonly string[];
  /** Text of a regular file of at most `maxBytes`; undefined when absent, larger, binary or not a regular file. */
  readonly readFile: (path: string, maxBytes: number) => string | undefined;
  /** Names in a directory (at most 4,096), or undefined. */
  readonly readDirectory: (path: string) => readonly string[] | undefined;
  readonly pathKind: (path: string) => 'file' | 'directory' | 'other' | undefined;
  /** Path with the symbolic links of its longest existing part resolved. */
  readonly realPath: (path: string) => string;
  /** The repository that a directory belongs to. */
  readonly repository: (directory: string) => Repository | undefined;
}
