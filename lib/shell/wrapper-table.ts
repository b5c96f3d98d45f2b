/** The table of programs whose purpose is to run another program: how their own options take values. */

/** How one of them is called. Names in a list have blanks between them: most are never looked at, so none is split before. */
export interface Wrapper {
  /** Options that take a value, and those that take one only when it is attached. */
  readonly value?: string;
  readonly optional?: string;
  /** The first operand ends the options. */
  readonly stopAtOperand?: boolean;
  /** Words like `-name` are whole options. */
  readonly singleDash?: boolean;
  /** Only behind one of these commands of its own a program follows: `perf record`. */
  readonly verbs?: string;
  /** Operands before the program: a duration, a mask, a directory. */
  readonly operands?: number;
  /** Options that say what those operands would. */
  readonly operandOptions?: string;
  /** The program stands behind `--` only. */
  readonly behindDashes?: boolean;
  /** Long options that take two words, not one: `--bind FROM TO`. */
  readonly pairs?: string;
  /** `NAME=value` operands are environment for the program. */
  readonly environment?: boolean;
  /** Options whose value is shell text. */
  readonly code?: string;
  /** The operands, joined by blanks, are shell text. Named options turn that off. */
  readonly joined?: boolean;
  readonly notJoinedWith?: string;
  /** Option that names the directory it runs in. */
  readonly directory?: string;
  /** Option whose value is split into words like a command line (`env -S`). */
  readonly splitString?: string;
  /** Without a program it starts a shell that later input would drive. */
  readonly shellByDefault?: boolean;
}

const SUDO: Wrapper = {
  value:
    'u g h p C T r t D R U a c user group host prompt chdir chroot role type close-from command-timeout other-user',
  environment: true,
  directory: 'D chdir',
  stopAtOperand: true,
};
const PLAIN: Wrapper = { stopAtOperand: true };

/** Options with a value of each wrapper, as their manuals list them. */
export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: SUDO,
  doas: { ...PLAIN, value: 'u C a', environment: true },
  pkexec: { ...PLAIN, value: 'user' },
  run0: {
    ...PLAIN,
    value: 'u g D user group chdir unit property setenv nice slice',
    directory: 'D chdir',
  },
  su: {
    value: 'c command s shell g group G supp-group w whitelist-environment session-command',
    code: 'c command session-command',
    operands: 99,
    shellByDefault: true,
  },
  runuser: {
    value: 'c command u user s shell g group session-command',
    code: 'c command session-command',
    stopAtOperand: true,
  },
  env: {
    ...PLAIN,
    value: 'u unset C chdir S split-string argv0 a P',
    environment: true,
    directory: 'C chdir',
    splitString: 'S split-string',
  },
  nice: { ...PLAIN, value: 'n adjustment' },
  ionice: { ...PLAIN, value: 'c class n classdata p pid P u t' },
  nohup: PLAIN,
  setsid: PLAIN,
  chronic: PLAIN,
  unbuffer: PLAIN,
  fakeroot: { ...PLAIN, value: 'l lib faked s i b' },
  catchsegv: PLAIN,
  'dbus-run-session': { ...PLAIN, value: 'config-file dbus-daemon' },
  'xvfb-run': {
    ...PLAIN,
    value: 'n e f s p server-num server-args error-file auth-file',
  },
  caffeinate: { ...PLAIN, value: 't w' },
  rlwrap: {
    ...PLAIN,
    value: 'b C D f g H l m O p P q s S t w z',
  },
  timeout: { ...PLAIN, value: 'k kill-after s signal', operands: 1 },
  gtimeout: { ...PLAIN, value: 'k kill-after s signal', operands: 1 },
  time: { ...PLAIN, value: 'f format o output' },
  stdbuf: { ...PLAIN, value: 'i input o output e error' },
  taskset: { ...PLAIN, operands: 1, optional: 'c' },
  chrt: { ...PLAIN, operands: 1, value: 'T P D sched-runtime sched-period sched-deadline' },
  numactl: {
    ...PLAIN,
    value: 'i N m C p interleave cpunodebind membind physcpubind preferred',
  },
  setarch: PLAIN,
  linux64: PLAIN,
  linux32: PLAIN,
  prlimit: { ...PLAIN, value: 'p pid o output' },
  strace: {
    ...PLAIN,
    value: 'e o p s u E P O S a b I X trace output attach user env',
  },
  ltrace: { ...PLAIN, value: 'e o p s u l n x F a A D w' },
  watch: {
    ...PLAIN,
    value: 'n interval q equexit s shotsdir',
    joined: true,
    notJoinedWith: 'x exec',
  },
  flock: {
    value: 'w wait timeout E conflict-exit-code c command',
    code: 'c command',
    operands: 1,
  },
  script: {
    value: 'c command I log-in O log-out B log-io T log-timing t m o E echo output-limit',
    optional: 't',
    code: 'c command',
    // `script FILE program …`, as it is called outside Linux.
    operands: 1,
    shellByDefault: true,
  },
  chroot: { ...PLAIN, value: 'userspec groups', operands: 1, shellByDefault: true },
  nsenter: {
    ...PLAIN,
    value: 't target S setuid G setgid',
    optional: 'm u i n p C U T r w W',
    shellByDefault: true,
  },
  unshare: {
    ...PLAIN,
    value: 'R root w wd S setuid G setgid propagation map-user map-group map-users map-groups',
    shellByDefault: true,
  },
  firejail: PLAIN,
  busybox: PLAIN,
  toybox: PLAIN,
  'systemd-run': {
    ...PLAIN,
    value:
      'u unit p property E setenv H host M machine uid gid nice working-directory on-active on-boot on-calendar on-unit-active slice description',
  },
  'systemd-inhibit': { ...PLAIN, value: 'what who why mode' },
  direnv: { ...PLAIN, operands: 2 },
};
