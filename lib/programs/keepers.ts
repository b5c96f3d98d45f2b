/** Programs that keep something for others: backups, queues, keys and values, virtual machines, deployments. Which of their commands lose it for good. */

import type { Effect } from '../types/effect.ts';
import { programWord, readsOf } from './coreutils/paths.ts';
import { asksForHelp, readOptions } from './coreutils/spec.ts';
import { knownStart } from './options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';
import { data, namesOf } from './verbs.ts';

interface Keeper {
  readonly names: string;
  readonly system: string;
  /** Options with a value, as readOptions takes them. */
  readonly options: string;
  /** The first words, or the option, that lose what is kept; absent where starting it does. */
  readonly loses?: RegExp;
  readonly losesWith?: string;
  /** A command that does, and one that only looks. */
  readonly example: string;
  readonly look: string;
}

const KEEPERS: readonly Keeper[] = [
  {
    names: 'restic rustic',
    system: 'backup',
    options: 'r= repo= p= password-file= l= keep-last= d= keep-daily= tag= host= path= o= dry-run n prune',
    loses: /^(?:forget|key remove)\b/,
    example: 'restic -r x forget --keep-last 1 --prune',
    look: 'restic -r x snapshots',
  },
  {
    names: 'borg borgmatic',
    system: 'backup',
    options: 'a= glob-archives= keep-last= H= keep-hourly= d= keep-daily= c= config= dry-run n list',
    loses: /^(?:r?delete|prune|repo-delete)\b/,
    example: 'borg delete /mnt/backup::monday',
    look: 'borg list /mnt/backup',
  },
  {
    names: 'duplicity',
    system: 'backup',
    options: 'force dry-run archive-dir= name=',
    loses: /^remove-(?:older-than|all-)/,
    example: 'duplicity remove-all-but-n-full 1 file:///mnt/backup',
    look: 'duplicity collection-status file:///mnt/backup',
  },
  {
    names: 'snapper tmutil',
    system: 'backup',
    options: 'c= config= d= a',
    loses: /^delete/,
    example: 'snapper delete 1-100',
    look: 'tmutil listbackups',
  },
  {
    names: 'timeshift',
    system: 'backup',
    options: 'snapshot= comments=',
    losesWith: 'delete delete-all',
    example: 'timeshift --delete-all',
    look: 'timeshift --list',
  },
  {
    names: 'trash-empty trash-rm',
    system: 'trash',
    options: 'trash-dir= dry-run',
    example: 'trash-empty',
    look: 'trash-empty --dry-run',
  },
  {
    names: 'kafka-topics kafka-topics.sh kafka-delete-records kafka-delete-records.sh',
    system: 'kafka',
    options: 'topic= bootstrap-server= zookeeper= command-config= offset-json-file=',
    losesWith: 'delete offset-json-file',
    example: 'kafka-topics --bootstrap-server localhost:9092 --delete --topic orders',
    look: 'kafka-topics --bootstrap-server localhost:9092 --list',
  },
  {
    names: 'rabbitmqctl rabbitmqadmin',
    system: 'rabbitmq',
    options: 'n= node= p= vhost= u= P= H= V=',
    loses: /^(?:(?:force_)?reset|(?:delete|purge)(?:_\w+)?)\b/,
    example: 'rabbitmqctl delete_vhost shop',
    look: 'rabbitmqctl list_queues',
  },
  {
    names: 'etcdctl',
    system: 'etcd',
    options: 'endpoints= cacert= cert= key= user= prefix from-key',
    loses: /^(?:del|rm|rmdir)\b/,
    example: "etcdctl del --prefix ''",
    look: 'etcdctl get x',
  },
  {
    names: 'influx',
    system: 'influxdb',
    options: 'b= bucket= o= org= start= stop= t= token= n= name= i= id= host= p= predicate=',
    loses: /^(?:delete|(?:bucket|org) delete)\b/,
    example: 'influx delete --bucket x --start 1970-01-01T00:00:00Z --stop 2030-01-01T00:00:00Z',
    look: 'influx bucket list',
  },
  {
    names: 'helmfile flux',
    system: 'kubernetes',
    options: 'e= environment= f= file= l= selector= n= namespace= kube-context= context= server= dry-run',
    loses: /^(?:destroy|delete|uninstall)\b/,
    example: 'flux delete kustomization shop',
    look: 'helmfile status',
  },
  {
    names: 'virsh vboxmanage qm pct prlctl vmrun tart',
    system: 'virtual machines',
    options: 'c= connect= T=',
    loses:
      /^(?:undefine|(?:vol|pool|snapshot)-delete|unregistervm|closemedium|destroy \d+|delete|delsnapshot|deletevm|deletesnapshot)\b/i,
    example: 'virsh undefine web --remove-all-storage',
    look: 'virsh list --all',
  },
];

function readKeeper(call: Call, keeper: Keeper): Outcome {
  const parsed = readOptions(call.args, `${keeper.options} help version`);
  if (asksForHelp(parsed) || parsed.has('dry-run', 'n')) return NOTHING;
  const words = parsed.operands.slice(0, 2).map((word) => word.text ?? '');
  const verb = keeper.losesWith?.split(' ').find((option) => parsed.has(option));
  const isLoss = keeper.losesWith !== undefined ? verb !== undefined : keeper.loses?.test(words.join(' '));
  if (isLoss === false) return NOTHING;
  const op = verb === undefined ? [call.name, ...words].join(' ').trim() : `${call.name} --${verb}`;
  return { effects: [data(programWord(call), keeper.system, op, true)] };
}

/** Commands of rclone that lose what stands at a place, and those that send files there. */
const RCLONE_LOSES = /^(?:purge|delete|deletefile|rmdirs|cleanup|sync|bisync)$/;
const RCLONE_SENDS = /^(?:copy|copyto|move|moveto|sync|bisync|rcat|copyurl)$/;
/** `name:path`: a place that rclone's own settings name. */
const RCLONE_REMOTE = /^:?[\w.+@ -]*\w[^/]*:/;

function readRclone(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'config= exclude= include= filter= f= filter-from= exclude-from= include-from= transfers= checkers= bwlimit= max-age= min-age= backup-dir= log-file= P progress n dry-run v i interactive',
  );
  const [verb, ...places] = parsed.operands;
  const name = verb?.text ?? '';
  if (verb === undefined || asksForHelp(parsed) || parsed.has('n', 'dry-run')) return NOTHING;
  const target = places.at(-1);
  const effects: Effect[] = [];
  for (const place of places) {
    const remote = RCLONE_REMOTE.exec(knownStart(place))?.[0].slice(0, -1);
    if (remote === undefined) continue;
    const sends = RCLONE_SENDS.test(name) && place === target ? places.slice(0, -1) : [];
    effects.push({
      kind: 'net',
      op: sends.length > 0 ? 'upload' : 'connect',
      host: { text: remote, glob: false, span: place.span },
      span: place.span,
      ...(sends.length > 0 ? { sends } : {}),
    });
  }
  const local = places.filter((place) => !RCLONE_REMOTE.test(knownStart(place)));
  effects.push(...readsOf(local.filter((place) => place !== target)));
  if (RCLONE_LOSES.test(name)) effects.push(data(verb, 'rclone', `rclone ${name}`, true, target));
  return { effects };
}

export const pages: readonly Page[] = [
  ...KEEPERS.map((keeper) =>
    definePage({
      names: namesOf(keeper.names),
      about: `keeps ${keeper.system}`,
      read: (call) => readKeeper(call, keeper),
      examples: [
        { command: keeper.example, effects: [{ kind: 'data', system: keeper.system, destructive: true }] },
        { command: keeper.look, effects: [] },
        { command: `${namesOf(keeper.names)[0]} --help`, effects: [] },
      ],
    }),
  ),
  definePage({
    names: ['rclone'],
    about: 'copies files from and to clouds',
    read: readRclone,
    examples: [
      {
        command: 'rclone copy . drive:backup',
        effects: [
          { kind: 'net', op: 'upload', host: 'drive' },
          { kind: 'file', op: 'read', path: '.' },
        ],
      },
      { command: 'rclone purge drive:x', effects: [{ kind: 'data', system: 'rclone', destructive: true }] },
      { command: 'rclone listremotes', effects: [] },
    ],
  }),
];
