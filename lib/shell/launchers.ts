/** The second table of wrappers: programs that come with sandboxes, supervisors, secrets, clusters and debuggers, and start another one. The system's own are in wrapper-table.ts. */

import type { Wrapper } from './wrapper-table.ts';

const BWRAP_PAIRS =
  'bind bind-try ro-bind ro-bind-try dev-bind dev-bind-try bind-data ro-bind-data file symlink setenv chmod overlay';

/** Several names in one key are called alike. The first operand ends the options of all but one. */
export const LAUNCHERS: Readonly<Record<string, Wrapper>> = {
  // Other rights, other roots, other networks.
  setpriv: {
    value:
      'ambient-caps inh-caps bounding-set ruid euid rgid egid reuid regid groups securebits pdeathsig ptracer selinux-label apparmor-profile landlock-access landlock-rule seccomp-filter',
  },
  'gosu su-exec setuidgid s6-setuidgid envuidgid s6-envuidgid envdir s6-envdir': { operands: 1 },
  chpst: { value: 'u U b e / n l L m o p f c d r s t C' },
  'softlimit s6-softlimit': { value: 'a c d f h l m o p r s t' },
  sg: { operands: 1, joined: true, stopAtOperand: false },
  proot: {
    value: 'r rootfs R S b bind m mount q qemu w pwd cwd v verbose k kernel-release i change-id',
    directory: 'w pwd cwd',
  },
  bwrap: {
    value: `args argv0 chdir unsetenv lock-file sync-fd uid gid hostname dev proc tmpfs mqueue dir exec-label file-label seccomp add-seccomp-fd block-fd userns-block-fd info-fd json-status-fd cap-add cap-drop perms size remount-ro overlay-src tmp-overlay ro-overlay userns userns2 pidns ${BWRAP_PAIRS}`,
    directory: 'chdir',
    pairs: BWRAP_PAIRS,
  },
  nsjail: {
    value:
      'M mode C config x exec_file c chroot u user g group H hostname D cwd p port i max_conns l log t time_limit E env s symlink R bindmount_ro B bindmount T tmpfsmount m mount P seccomp_policy rlimit_as rlimit_fsize rlimit_nofile cgroup_mem_max',
    directory: 'D cwd',
  },
  'minijail minijail0': { value: 'a b B c C e f g k M m P R S T u V' },
  'sandbox-exec': { value: 'f n p D' },
  landrun: { value: 'ro rox rw rwx bind-tcp connect-tcp env log-level' },
  'flatpak-spawn': {
    value: 'forward-fd env directory sandbox-expose sandbox-expose-ro app-path usr-path',
    directory: 'directory',
  },
  distrobox: { value: 'n name a additional-flags', verbs: 'enter', operands: 1 },
  toolbox: { value: 'c container d distro r release', verbs: 'run' },
  'torsocks torify': { value: 'u user p pass a address P port' },
  'proxychains proxychains4': { value: 'f' },
  tsocks: {},
  // `ip netns exec NAME program`
  ip: { value: 'n netns f family', singleDash: true, verbs: 'netns', operands: 2 },
  cgexec: { value: 'g' },
  cpulimit: { value: 'l limit p pid e exe P path' },
  'systemd-cat': { value: 't identifier p priority stderr-priority namespace' },
  // The loader starts what it loads.
  'ld.so ld-linux.so.2 ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 ld-musl-x86_64.so.1 ld-musl-aarch64.so.1': {
    value: 'library-path preload audit argv0 glibc-hwcaps-prepend glibc-hwcaps-mask inhibit-rpath',
  },
  // Time, files, logs, queues.
  // The time may start with a dash: `faketime -f -1d`.
  faketime: { value: 'f p', operands: 1, operandOptions: 'f' },
  datefudge: { operands: 1 },
  arch: { value: 'arch d e', singleDash: true },
  'eatmydata dumb-init catatonit with-contenv steam-run gamemoderun mangohud primusrun optirun run-one run-this-one run-until-success run-until-failure keep-one-running cronic annotate-output rtk vault-env dbus-launch noglob nocorrect distcc icecc nq shdotenv s6-background':
    {},
  'ccache sccache': { value: 'config-path d dir o set-config k get-config' },
  tini: { value: 'p e' },
  'logsave setlock lckdo': { operands: 1 },
  lockrun: { value: 'L lockfile W maxtime T wait' },
  gtime: { value: 'f format o output' },
  multitime: { value: 'n s i I o r b f' },
  ts: { value: 'L N D' },
  tsp: { value: 'L N D' },
  pueue: {
    value: 'w working-directory d delay g group a after p priority l label o',
    verbs: 'add',
    joined: true,
    directory: 'w working-directory',
  },
  retry: { value: 't times d delay u until w while m min x max s sleep e on-error' },
  sem: { value: 'j jobs id semaphoretimeout st delay', joined: true },
  daemonize: { value: 'a c e o p l u E', directory: 'c' },
  daemon: {
    value:
      'n name D chdir u user l errlog b dbglog o output O stdout E stderr F pidfile P pidfiles a attempts L delay M limit X command e env',
    directory: 'D chdir',
  },
  // Secrets put into another program's environment.
  envchain: { operands: 1 },
  summon: { value: 'p provider e environment f D up' },
  envconsul: {
    value: 'config consul-addr prefix secret vault-addr vault-token log-level kill-signal splay',
    singleDash: true,
  },
  phase: { value: 'app app-id env path tags', verbs: 'run', joined: true },
  bws: { value: 'project-id t access-token o output c color', verbs: 'run', joined: true },
  vlt: { value: 'command c app-name project', verbs: 'run', code: 'command c' },
  hcp: { value: 'app project', verbs: 'vault-secrets', operands: 1 },
  secrethub: { value: 'env env-file', verbs: 'run' },
  godotenv: { value: 'f' },
  'consul-template': { value: 'exec template config', singleDash: true, code: 'exec', operands: 99 },
  consul: {
    value: 'http-addr token datacenter node service n',
    singleDash: true,
    verbs: 'exec watch lock',
    joined: true,
  },
  // Clusters.
  'mpirun mpiexec orterun prun': {
    value:
      'n np c N H host hostfile machinefile x wdir wd map-by bind-to rank-by ppn f hosts env genv mca gmca',
    singleDash: true,
    pairs: 'mca gmca env genv',
    directory: 'wdir wd',
  },
  'srun salloc sbatch': {
    value:
      'A account c cpus-per-task D chdir d dependency e error i input J job-name m distribution N nodes n ntasks o output p partition q qos t time w nodelist x exclude C constraint G gpus mem mem-per-cpu gres ntasks-per-node mpi reservation cpu-bind export wrap',
    directory: 'D chdir',
    code: 'wrap',
  },
  'bsub qsub qrsh': {
    value: 'q P J o e n R W M m u w g G i L N l A S b pe hold_jid j v t wd',
    singleDash: true,
  },
  // Debuggers, tracers, builds that are watched.
  'valgrind heaptrack dtruss': {},
  perf: {
    value: 'e o F c p t C g r event output call-graph',
    verbs: 'record stat trace mem c2c lock kmem sched kvm top',
  },
  'rr uftrace': { value: 'o output-trace-dir F filter D depth N notrace d data', verbs: 'record live' },
  samply: { value: 'o output r rate', verbs: 'record' },
  'bpftrace dtrace': { value: 'c e f n o p P s b i I m x', code: 'c', operands: 99 },
  bear: { value: 'output config' },
  'intercept-build scan-build': { value: 'cdb o use-cc use-c++' },
  compiledb: { value: 'o output p parse d build-dir e exclude' },
  // Toolchains.
  rustup: { value: 'toolchain', verbs: 'run', operands: 1 },
  guix: {
    value: 'f file m manifest e expression L load-path p profile E preserve',
    verbs: 'shell environment',
    behindDashes: true,
  },
};
