/** Effects: what a step would do to the world, whatever tool, program or syntax it came from. */

import type { Language, Place } from './invocation.ts';
import type { Span, Word } from './text.ts';

interface EffectBase {
  readonly span: Span;
  /** How it is reached, outermost first; empty for the step itself. Filled by the facts room. */
  readonly via?: readonly string[];
  readonly place?: Place;
  /** True when it may happen but the program that would do it is not known to us. */
  readonly uncertain?: boolean;
}

export type FileOp = 'read' | 'write' | 'append' | 'create' | 'delete' | 'move' | 'chmod' | 'link' | 'list';

/** A path as the host sees it. Made by the facts room, the only one that may ask the disk. */
export interface PathFact {
  /** Absolute, with `.`, `..` and `//` folded and in NFC. May hold file patterns. */
  readonly absolute: string;
  /** The same with the symbolic links of its longest existing part resolved. */
  readonly real: string;
  /** The most specific area it lies in. */
  readonly zone: 'project' | 'temporary' | 'home' | 'system';
  /** Path below the project's root (`''` = the root itself); absent outside a project. */
  readonly relative?: string;
  /** What is there now; undefined = nothing, or a pattern. */
  readonly kind?: 'file' | 'directory' | 'other';
}

export interface FileEffect extends EffectBase {
  readonly kind: 'file';
  readonly op: FileOp;
  readonly path: Word;
  /** Everything below it too. */
  readonly recursive?: boolean;
  /** True when the old content is lost: `>`, `truncate`, `cp` over it, `shred`. */
  readonly clobbers?: boolean;
  /** What is written is a program made of the project's own code, whatever the build fetched for that: `go build -o`. */
  readonly built?: boolean;
  /** New mode for chmod, as written: `000`, `u+s`. */
  readonly mode?: string;
  /** Second path of a move or link: where it comes from. */
  readonly from?: Word;
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly bytes?: number;
  /** Filled by the facts room when the path is known. */
  readonly at?: PathFact;
  /** Filled instead of `at` when only the start of the path is known: the directory that it starts in (`..` may still lead out of it). */
  readonly below?: PathFact;
  /** The same as `at` for `from`. */
  readonly fromAt?: PathFact;
}

/** Package managers whose own default registry a policy can name as `registry:npm`. */
export type Registry =
  | 'npm'
  | 'pypi'
  | 'cargo'
  | 'go'
  | 'gem'
  | 'composer'
  | 'apt'
  | 'brew'
  | 'apk'
  | 'conda'
  | 'maven'
  | 'docker'
  | 'nuget'
  | 'hex'
  | 'pub';

export interface NetEffect extends EffectBase {
  readonly kind: 'net';
  readonly op: 'connect' | 'upload' | 'listen' | 'resolve';
  /** Host name or address as written; for a Unix socket its path. */
  readonly host: Word;
  readonly port?: number;
  readonly scheme?: string;
  /** Path and query of the URL, when known. */
  readonly path?: string;
  /** HTTP method, upper case. */
  readonly method?: string;
  /** Content that leaves: words or files (`@.env`). */
  readonly sends?: readonly Word[];
  /** Set when the package manager's own default registry is meant, as the person configured it. */
  readonly registry?: Registry;
}

export interface RefUpdate {
  readonly src?: Word;
  /** Full or short name on the receiving side. */
  readonly dst: Word;
  readonly force: boolean;
  readonly delete: boolean;
}

export type GitOp =
  | 'commit'
  | 'push'
  | 'merge'
  | 'rebase'
  | 'reset'
  | 'clean'
  | 'restore'
  | 'checkout'
  | 'switch'
  | 'pull'
  | 'fetch'
  | 'branch-create'
  | 'branch-delete'
  | 'branch-rename'
  | 'tag-create'
  | 'tag-delete'
  | 'stash'
  | 'stash-drop'
  | 'update-ref'
  | 'reflog-expire'
  | 'gc'
  | 'filter-history'
  | 'config'
  | 'remote'
  | 'worktree'
  | 'cherry-pick'
  | 'revert'
  | 'am'
  | 'rm'
  | 'replace'
  | 'clone'
  | 'submodule'
  | 'api-merge'
  | 'api-approve'
  | 'api-update-ref'
  | 'api-delete-ref'
  | 'api-protection'
  | 'other-write';

export interface GitEffect extends EffectBase {
  readonly kind: 'git';
  readonly op: GitOp;
  /** Directory that git acts on, when another than the invocation's. */
  readonly repo?: Word;
  /** The branch it acts on, short name; filled by the facts room with the branch that is current at that point of the text. */
  readonly branch?: Word | undefined;
  /** True when the branch it acts on is the current one and the facts room has to say which. */
  readonly onCurrent?: boolean;
  /** True when the branch is only one of those that may be current, as a switch before it may or may not run. */
  readonly mayDiffer?: boolean;
  /** Remote name or URL. */
  readonly remote?: Word;
  readonly refs?: readonly RefUpdate[];
  /** Every branch goes: `--all`, `--mirror`. */
  readonly allRefs?: 'branches' | 'tags' | 'mirror';
  readonly force?: 'no' | 'lease' | 'yes';
  /** Uncommitted work or commits are lost by it. */
  readonly lossy?: boolean;
  /** Hooks of the repository are skipped: `--no-verify`. */
  readonly skipsHooks?: boolean;
  /** Key and value for `config`, name and URL for `remote`. */
  readonly key?: string;
  readonly value?: Word;
  readonly paths?: readonly Word[];
  /** A switch that fails, and leaves the branch as it is, unless its branch is there (`branch`) or is not there yet (`no-branch`); `new-tree` = it makes the directory. */
  readonly expects?: 'branch' | 'no-branch' | 'new-tree';
  /** What a commit or `add` takes out of the work tree beside what is staged already: changed tracked files, everything, or `paths`. */
  readonly takes?: 'tracked' | 'all' | 'paths';
  /** Directory whose repository it acts on, absolute; filled by the facts room for what is committed and pushed. */
  readonly directory?: string;
}

export interface RunEffect extends EffectBase {
  readonly kind: 'run';
  /** Base name of the program as far as known. */
  readonly program: Word;
  /** Runs with more rights than the caller: sudo, setuid, privileged container. */
  readonly privilege?: 'root' | 'container' | 'kernel' | 'agent';
  /** Code or program fetched from elsewhere. */
  readonly remote?: boolean;
  /** Opens a prompt that later text would drive. */
  readonly interactive?: boolean;
  /** Keeps running or starts again later: cron, systemd, at, nohup. */
  readonly persistent?: boolean;
  /** Code in another language that was found and looked into. */
  readonly code?: { readonly lang: Language; readonly text: string };
}

export interface DataEffect extends EffectBase {
  readonly kind: 'data';
  /** `postgres`, `redis`, `kubernetes`, `terraform`, `aws`, `docker`, `disk` … */
  readonly system: string;
  /** What is done, in the system's own words: `DROP TABLE`, `delete namespace`, `destroy`. */
  readonly op: string;
  /** What it changes cannot be had back. */
  readonly destructive: boolean;
  readonly target?: Word;
}

export interface EnvEffect extends EffectBase {
  readonly kind: 'env';
  readonly op: 'read' | 'set' | 'dump';
  readonly name?: string;
  readonly value?: Word;
  /** True when the value is printed or sent, not merely used. */
  readonly shown?: boolean;
}

/** Credentials handed out by a program: `gh auth token`, `git credential fill`. */
export interface SecretEffect extends EffectBase {
  readonly kind: 'secret';
  readonly store: string;
  readonly op: 'read' | 'write' | 'delete';
  readonly target?: Word;
}

export interface PackageEffect extends EffectBase {
  readonly kind: 'package';
  readonly manager: string;
  readonly op: 'install' | 'remove' | 'publish' | 'registry';
  /** Names as written; empty = what the lockfile or manifest says. */
  readonly names: readonly Word[];
  /** `registry` default, or where else it comes from. */
  readonly source: 'registry' | 'other-registry' | 'url' | 'git' | 'path';
  readonly runsScripts?: boolean;
  readonly global?: boolean;
}

export interface McpEffect extends EffectBase {
  readonly kind: 'mcp';
  readonly server: string;
  readonly tool: string;
  readonly args: unknown;
}

/** Something runs that we cannot see through. */
export interface OpaqueEffect extends EffectBase {
  readonly kind: 'opaque';
  /** Ends the sentence «this cannot be judged: …». */
  readonly why: string;
  /** `limit` = too large or deep to look at, `syntax` = not parsable, `dynamic` = known only when it runs, `remote` = code from elsewhere. */
  readonly cause: 'limit' | 'syntax' | 'dynamic' | 'remote';
}

export type Effect =
  | FileEffect
  | NetEffect
  | GitEffect
  | RunEffect
  | DataEffect
  | EnvEffect
  | SecretEffect
  | PackageEffect
  | McpEffect
  | OpaqueEffect;
