/** Programs that manage, attach and repair volumes and pools. */

import type { Effect } from '../../types/effect.ts';
import { programWord, readsOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { disk } from './effect.ts';

interface VolumeTool {
  /** Options with a value, as readOptions takes them. */
  readonly spec: string;
  /** First words, or first two, that lose content; and those that change without losing any. */
  readonly destroys: RegExp;
  readonly changes?: RegExp;
  /** Which of the words after the verb is acted on. */
  readonly target: 'next' | 'last';
}

const VOLUMES: Readonly<Record<string, VolumeTool>> = {
  zfs: {
    spec: 'o= O= t= s= S= d= x= V= c= n r R f v',
    destroys: /^(?:destroy|rollback)$/,
    changes: /^(?:set|rename|promote|receive|recv|mount|unmount|umount|create|snapshot)$/,
    target: 'last',
  },
  zpool: {
    spec: 'o= O= t= R= m= c= d= T= n f F',
    destroys: /^(?:destroy|labelclear|create)$/,
    changes: /^(?:remove|detach|offline|export|import|add|attach|replace|clear)$/,
    target: 'next',
  },
  btrfs: {
    spec: 'o= t= i= c= C dry-run',
    destroys: /^(?:(?:subvolume|subvol|sub|su) (?:delete|del|de)|device (?:delete|remove))$/,
    changes: /^(?:subvolume (?:create|snapshot)|filesystem resize|balance start)$/,
    target: 'last',
  },
  cryptsetup: {
    spec: 'c= cipher= h= hash= s= key-size= d= key-file= S= key-slot= M= type= header= size= offset= label= uuid= dry-run q batch-mode test-passphrase',
    destroys: /^(?:luksFormat|erase|luksErase|luksKillSlot|luksRemoveKey|reencrypt|luksHeaderRestore)$/,
    changes: /^(?:open|close|luksOpen|luksClose|luksAddKey|resize)$/,
    target: 'next',
  },
  dmsetup: {
    spec: 'u= uuid= j= m= S= select=',
    destroys: /^(?:remove|remove_all|wipe_table)$/,
    target: 'last',
  },
  nvme: {
    spec: 'n= namespace-id= l= lbaf= s= ses= a= sanact=',
    destroys: /^(?:format|sanitize|write-zeroes|dsm|delete-ns)$/,
    target: 'next',
  },
  diskutil: {
    spec: '',
    destroys:
      /^(?:eraseDisk|eraseVolume|reformat|partitionDisk|secureErase|zeroDisk|randomDisk|deleteVolume|apfs delete\w+)$/i,
    changes: /^(?:unmount|unmountDisk|mount|eject)$/i,
    target: 'last',
  },
};

function readVolume(call: Call): Outcome {
  const tool = VOLUMES[call.name];
  if (!tool) return NOTHING;
  const parsed = readOptions(call.args, `${tool.spec} help version`);
  const isDry = parsed.has('dry-run') || (call.name.startsWith('z') && parsed.has('n'));
  if (asksForHelp(parsed) || isDry) return NOTHING;
  const words = parsed.operands;
  for (const count of [1, 2]) {
    const verb = words
      .slice(0, count)
      .map((word) => word.text ?? '')
      .join(' ');
    const destroys = tool.destroys.test(verb);
    if (!destroys && !tool.changes?.test(verb)) continue;
    const rest = words.slice(count);
    const target = (tool.target === 'next' ? rest[0] : rest.at(-1)) ?? programWord(call);
    return { effects: [disk(`${call.name} ${verb}`, target, destroys)] };
  }
  return NOTHING;
}

/** Logical volumes and RAID sets. */
function readSet(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'y yes f force t test v verbose select= config= devices= reportformat= zero-superblock stop S scan help version',
  );
  if (asksForHelp(parsed) || parsed.has('t', 'test')) return NOTHING;
  const isRaid = call.name === 'mdadm';
  const destroys = !isRaid || parsed.has('zero-superblock');
  if (!destroys && !parsed.has('stop')) return NOTHING;
  const op = isRaid ? `mdadm --${destroys ? 'zero-superblock' : 'stop'}` : call.name;
  return { effects: parsed.operands.map((target) => disk(op, target, destroys)) };
}

function readMount(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'a all o= options= O= test-opts= t= types= L= U= label= uuid= T= fstab= B bind M move R rbind n f fake i l lazy v verbose d D r read-only w c s S= source= target= target-prefix= N= namespace= options-mode= options-source= make-shared make-slave make-private make-unbindable help version show-labels e= exec= f show find j= A= P p= D= detach detach-all c= set-capacity= sizelimit= offset= partscan list J json raw output= noheadings bytes',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const words = parsed.operands;
  const near = programWord(call);
  if (call.name === 'losetup') {
    const backing = words[1] ?? (parsed.has('f', 'find') ? words[0] : undefined);
    return { effects: backing ? [disk('losetup', backing, false)] : [] };
  }
  if (call.name.startsWith('swap'))
    return {
      effects: words.length > 0 || parsed.has('a', 'all') ? [disk(call.name, words[0] ?? near, false)] : [],
    };
  // Without operands mount only lists.
  if (words.length === 0 && !parsed.has('a', 'all')) return NOTHING;
  const target = parsed.value('target') ?? words.at(-1) ?? near;
  const effects: Effect[] = [disk(call.name === 'mount' ? 'mount' : 'umount', target, false)];
  return {
    effects: [...effects, ...readsOf(parsed.values('T', 'fstab').filter((word) => word.text?.includes('/')))],
  };
}

function readCheck(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    't= C? b= B= E= j= l= L= z= V T A M N P R r? s a f n p y c D F k v d help version',
  );
  if (asksForHelp(parsed) || parsed.has('n', 'N', 'V')) return NOTHING;
  return {
    effects: parsed.operands
      .filter((word) => word.text?.includes('/'))
      .map((target) => disk('fsck', target, false)),
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: Object.keys(VOLUMES),
    about: 'manages volumes and pools',
    read: readVolume,
    examples: [
      {
        command: 'zfs destroy -r tank/home',
        effects: [{ kind: 'data', system: 'disk', destructive: true, target: 'tank/home' }],
      },
      {
        command: 'zpool create tank /dev/sdb',
        effects: [{ kind: 'data', system: 'disk', destructive: true }],
      },
      { command: 'zfs list', effects: [] },
    ],
  }),
  definePage({
    names: ['lvremove', 'vgremove', 'pvremove', 'mdadm'],
    about: 'removes logical volumes and RAID sets',
    read: readSet,
    examples: [
      {
        command: 'lvremove -f vg0/root',
        effects: [{ kind: 'data', system: 'disk', op: 'lvremove', destructive: true, target: 'vg0/root' }],
      },
      {
        command: 'mdadm --stop /dev/md0',
        effects: [
          { kind: 'data', system: 'disk', op: 'mdadm --stop', destructive: false, target: '/dev/md0' },
        ],
      },
      { command: 'mdadm --detail /dev/md0', effects: [] },
    ],
  }),
  definePage({
    names: ['mount', 'umount', 'losetup', 'swapoff', 'swapon'],
    about: 'attaches and detaches file systems',
    read: readMount,
    examples: [
      {
        command: 'mount -o remount,rw /',
        effects: [{ kind: 'data', system: 'disk', op: 'mount', destructive: false, target: '/' }],
      },
      { command: 'umount /mnt', effects: [{ kind: 'data', system: 'disk', op: 'umount', target: '/mnt' }] },
      { command: 'mount', effects: [] },
    ],
  }),
  definePage({
    names: [
      'fsck',
      'e2fsck',
      'xfs_repair',
      ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'vfat', 'fat'].map((kind) => `fsck.${kind}`),
    ],
    about: 'repairs file systems',
    read: readCheck,
    examples: [
      {
        command: 'fsck -y /dev/sda1',
        effects: [{ kind: 'data', system: 'disk', op: 'fsck', target: '/dev/sda1' }],
      },
      { command: 'fsck -n /dev/sda1', effects: [] },
      { command: 'e2fsck -V', effects: [] },
    ],
  }),
];
