/** The table of programs whose purpose is to run another program: how their own options take values. */

import type { Grammar } from './arguments.ts';
import { LAUNCHERS } from './launchers.ts';

export interface Wrapper extends Grammar {
  /** Only behind one of these commands of its own a program follows: `perf record`. */
  readonly verbs?: readonly string[];
  /** Operands before the program: a duration, a mask, a directory. */
  readonly operands?: number;
  /** Options that say what those operands would. */
  readonly operandOptions?: readonly string[];
  /** The program stands behind `--` only. */
  readonly behindDashes?: boolean;
  /** Long options that take two words, not one: `--bind FROM TO`. */
  readonly pairs?: readonly string[];
  /** `NAME=value` operands are environment for the program. */
  readonly environment?: boolean;
  /** Options whose value is shell text. */
  readonly code?: readonly string[];
  /** The operands, joined by blanks, are shell text. Named options turn that off. */
  readonly joined?: boolean;
  readonly notJoinedWith?: readonly string[];
  /** Option that names the directory it runs in. */
  readonly directory?: readonly string[];
  /** Option whose value is split into words like a command line (`env -S`). */
  readonly splitString?: readonly string[];
  /** Without a program it starts a shell that later input would drive. */
  readonly shellByDefault?: boolean;
}

/** Names of a list, for tables that fit on a screen. */
function list(names: string): readonly string[] {
  return names.split(' ');
}

const SUDO: Wrapper = {
  value: list(
    'u g h p C T r t D R U a c user group host prompt chdir chroot role type close-from command-timeout other-user',
  ),
  environment: true,
  directory: list('D chdir'),
  stopAtOperand: true,
};
const PLAIN: Wrapper = { stopAtOperand: true };

/** Options with a value of each wrapper, as their manuals list them. */
export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: SUDO,
  doas: { ...PLAIN, value: list('u C a'), environment: true },
  pkexec: { ...PLAIN, value: list('user') },
  run0: {
    ...PLAIN,
    value: list('u g D user group chdir unit property setenv nice slice'),
    directory: list('D chdir'),
  },
  su: {
    value: list('c command s shell g group G supp-group w whitelist-environment session-command'),
    code: list('c command session-command'),
    operands: 99,
    shellByDefault: true,
  },
  runuser: {
    value: list('c command u user s shell g group session-command'),
    code: list('c command session-command'),
    stopAtOperand: true,
  },
  env: {
    ...PLAIN,
    value: list('u unset C chdir S split-string argv0 a P'),
    environment: true,
    directory: list('C chdir'),
    splitString: list('S split-string'),
  },
  nice: { ...PLAIN, value: list('n adjustment') },
  ionice: { ...PLAIN, value: list('c class n classdata p pid P u t') },
  nohup: PLAIN,
  setsid: PLAIN,
  chronic: PLAIN,
  unbuffer: PLAIN,
  fakeroot: { ...PLAIN, value: list('l lib faked s i b') },
  catchsegv: PLAIN,
  'dbus-run-session': { ...PLAIN, value: list('config-file dbus-daemon') },
  'xvfb-run': {
    ...PLAIN,
    value: list('n e f s p server-num server-args error-file auth-file'),
  },
  caffeinate: { ...PLAIN, value: list('t w') },
  rlwrap: {
    ...PLAIN,
    value: list('b C D f g H l m O p P q s S t w z'),
  },
  timeout: { ...PLAIN, value: list('k kill-after s signal'), operands: 1 },
  gtimeout: { ...PLAIN, value: list('k kill-after s signal'), operands: 1 },
  time: { ...PLAIN, value: list('f format o output') },
  stdbuf: { ...PLAIN, value: list('i input o output e error') },
  taskset: { ...PLAIN, operands: 1, optional: list('c') },
  chrt: { ...PLAIN, operands: 1, value: list('T P D sched-runtime sched-period sched-deadline') },
  numactl: {
    ...PLAIN,
    value: list('i N m C p interleave cpunodebind membind physcpubind preferred'),
  },
  setarch: { ...PLAIN, operands: 1 },
  linux64: PLAIN,
  linux32: PLAIN,
  prlimit: { ...PLAIN, value: list('p pid o output') },
  strace: {
    ...PLAIN,
    value: list('e o p s u E P O S a b I X trace output attach user env'),
  },
  ltrace: { ...PLAIN, value: list('e o p s u l n x F a A D w') },
  watch: {
    ...PLAIN,
    value: list('n interval q equexit s shotsdir'),
    joined: true,
    notJoinedWith: list('x exec'),
  },
  flock: {
    value: list('w wait timeout E conflict-exit-code c command'),
    code: list('c command'),
    operands: 1,
  },
  script: {
    value: list('c command I log-in O log-out B log-io T log-timing t m o E echo output-limit'),
    optional: list('t'),
    code: list('c command'),
    operands: 99,
    shellByDefault: true,
  },
  chroot: { ...PLAIN, value: list('userspec groups'), operands: 1, shellByDefault: true },
  nsenter: {
    ...PLAIN,
    value: list('t target S setuid G setgid'),
    optional: list('m u i n p C U T r w W'),
    shellByDefault: true,
  },
  unshare: {
    ...PLAIN,
    value: list('R root w wd S setuid G setgid propagation map-user map-group map-users map-groups'),
    shellByDefault: true,
  },
  firejail: PLAIN,
  busybox: PLAIN,
  toybox: PLAIN,
  'systemd-run': {
    ...PLAIN,
    value: list(
      'u unit p property E setenv H host M machine uid gid nice working-directory on-active on-boot on-calendar on-unit-active slice description',
    ),
  },
  'systemd-inhibit': { ...PLAIN, value: list('what who why mode') },
  direnv: { ...PLAIN, operands: 2 },
  ...LAUNCHERS,
};
