/** What the operating system's sandbox is told, as plain data between a policy and the client's configuration. */

/** One place and what programs may do with it. */
export interface FileRule {
  /** Absolute, from home (`~/x`), or relative to the workspace; only `deny` takes patterns. */
  readonly path: string;
  readonly access: 'deny' | 'read' | 'write';
  /** The option it comes from: `protected-paths.deny`. */
  readonly from: string;
}

/** One host, a pattern of hosts (`*.x`, `**.x`, `*`), or the path of a Unix socket. */
export interface RouteRule {
  readonly name: string;
  readonly access: 'allow' | 'deny';
  readonly from: string;
}

/** Something a policy says that the sandbox has no words for. */
export interface Unsaid {
  readonly what: string;
  /** A clause. */
  readonly why: string;
  readonly from: string;
}

/** A permission profile of the client. */
export interface SandboxProfile {
  /** The client's own profile that it builds on. */
  readonly base: ':read-only' | ':workspace';
  readonly files: readonly FileRule[];
  readonly hosts: readonly RouteRule[];
  readonly sockets: readonly RouteRule[];
  readonly unsaid: readonly Unsaid[];
}

/** A rule about how commands begin. */
export interface ExecRule {
  /** Word by word; a list stands for any of its words. */
  readonly pattern: readonly (string | readonly string[])[];
  /** Why, for the person and the agent. */
  readonly reason: string;
  /** Commands that it has to match. */
  readonly match: readonly string[];
  /** Commands that it must not match. */
  readonly notMatch: readonly string[];
  /** The guard that says the same. */
  readonly from: string;
}

/** What the client's configuration says of its sandbox. */
export interface ConfiguredSandbox {
  /** `sandbox_mode`; where it is set the client looks at no profile. */
  readonly mode?: string;
  /** `approval_policy`; `granular` when it is a table. */
  readonly approval?: string;
  /** `default_permissions`. */
  readonly profileName?: string;
  /** That profile with what it extends; absent when it is one of the client's own, or not defined. */
  readonly profile?: Omit<SandboxProfile, 'unsaid' | 'base'> & {
    /** The client's own profile at its root; absent = none, so nothing is allowed that is not listed. */
    readonly base?: string;
    /** Whether commands have a network at all. */
    readonly network: boolean;
  };
  /** The proxy runs that keeps the lists of hosts. */
  readonly proxy: boolean;
}

/** Where the sandbox and the guards answer differently. */
export interface LayerDrift {
  /** Stable: `path-open`, `host-closed` … */
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly title: string;
  readonly detail: string;
  /** What a person does about it. */
  readonly fix: string;
}
