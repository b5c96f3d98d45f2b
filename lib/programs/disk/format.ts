/** Programs that make file systems and partition tables, which erases what was there. */

import { isDisk } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { disk } from './effect.ts';

/** Options with a value of each maker; others are read like mke2fs. */
const MAKERS: Readonly<Record<string, string>> = {
  'mkfs.vfat': 'b= C D= f= F= g= h= i= I l= m= M= n= N= r= R= s= S= a A c v',
  'mkfs.xfs': 'b= m= d= i= l= n= p= r= s= L= N K q f',
  'mkfs.btrfs': 'A= b= d= m= M n= l= s= L= r= O= R= U= K f q v',
  'mkfs.ntfs': 'c= F f q s= p= H= S= L= z= I T U C Q n h V',
  mkfs: 't= type= V v',
  mkswap: 'c check f force p= pagesize= L= label= v= swapversion= U= uuid= e= o=',
};
const SAME: Readonly<Record<string, string>> = {
  'mkfs.fat': 'mkfs.vfat',
  'mkfs.msdos': 'mkfs.vfat',
  mkdosfs: 'mkfs.vfat',
  'mkfs.exfat': 'mkfs.vfat',
  mkntfs: 'mkfs.ntfs',
};
const MKE2FS = 'b= C= c d= e= E= F g= G= i= I= j J= l= L= m= M= n N= o= O= q r= S t= T= U= v V z=';

function readFormat(call: Call): Outcome {
  const name = SAME[call.name] ?? call.name;
  const parsed = readOptions(call.args, MAKERS[name] ?? MKE2FS);
  const target = parsed.operands[0];
  // `-n` and xfs's `-N` only show what would be done; elsewhere `-n` is a label.
  const isTrial = name === 'mkfs.xfs' ? parsed.has('N') : parsed.has('n') && parsed.value('n') === undefined;
  if (!target || isTrial || asksForHelp(parsed) || (parsed.has('V') && name !== 'mkfs')) return NOTHING;
  const op = call.name === 'mkswap' ? 'mkswap' : 'format';
  // A file is formatted like a disk, and its old content goes.
  return {
    effects: [disk(op, target), ...(isDisk(target) ? [] : [file('write', target, { clobbers: true })])],
  };
}

interface Partitioner {
  readonly spec: string;
  /** Options that change something; none listed = every use with a disk does. */
  readonly changes?: readonly string[];
  /** Options that only look. */
  readonly looks?: readonly string[];
  readonly op: string;
}

const PARTITIONERS: Readonly<Record<string, Partitioner>> = {
  fdisk: {
    spec: 'b= c? C= H= S= u? t= L? o= w= W= B l list x n s getsz v V h help version',
    looks: ['l', 'list', 'x', 's', 'getsz'],
    op: 'partition',
  },
  cfdisk: { spec: 'L? z b= lock? r read-only h help V version', looks: ['r', 'read-only'], op: 'partition' },
  sfdisk: {
    spec: 'b= d dump J json l list g s F V verify n no-act N= o= O= w= W= X= Y= f B B= backup-file= h help v version lock? T list-types',
    looks: ['d', 'dump', 'J', 'json', 'l', 'list', 'g', 's', 'F', 'V', 'verify', 'n', 'no-act', 'T'],
    op: 'partition',
  },
  sgdisk: {
    spec: 'a= A= b= backup= B= c= C= d= e E f F g G h= i= j= l= L m= n= N= o O p P r= R= s S= t= T= u= U= v V x= z zap-all Z zap info= print verify delete= new= typecode= change-name= load-backup= replicate= clear display-alignment help version',
    looks: ['p', 'print', 'i', 'info', 'v', 'verify', 'b', 'backup', 'O', 'P', 'V', 'L', 'F', 'E', 'f'],
    op: 'partition',
  },
  gdisk: { spec: 'l', looks: ['l'], op: 'partition' },
  wipefs: {
    spec: 'a all b backup? f i J n no-act o= offset= O= output= p q t= types= h help V version lock?',
    changes: ['a', 'all', 'o', 'offset', 't', 'types'],
    looks: ['n', 'no-act'],
    op: 'wipefs',
  },
  blkdiscard: {
    spec: 'f force o= offset= l= length= p= step= s secure z zeroout v q h help V version',
    op: 'discard',
  },
  hdparm: {
    spec: 'security-erase= security-erase-enhanced= trim-sector-ranges write-sector= make-bad-sector= yes-i-know-what-i-am-doing I i t T g',
    changes: [
      'security-erase',
      'security-erase-enhanced',
      'trim-sector-ranges',
      'write-sector',
      'make-bad-sector',
    ],
    op: 'erase',
  },
  badblocks: { spec: 'b= c= d= e= i= o= p= t= n s v w f X B', changes: ['w'], op: 'overwrite' },
};

function readPartition(call: Call): Outcome {
  const tool = PARTITIONERS[call.name];
  if (!tool) return NOTHING;
  const parsed = readOptions(call.args, tool.spec);
  if (asksForHelp(parsed)) return NOTHING;
  const looks =
    tool.looks &&
    parsed.options.length > 0 &&
    parsed.has(...tool.looks) &&
    (call.name !== 'sgdisk' || parsed.options.every(({ name }) => tool.looks?.includes(name)));
  if (looks || (tool.changes && !parsed.has(...tool.changes))) return NOTHING;
  const isErased = call.name === 'hdparm' ? parsed.operands.slice(-1) : parsed.operands;
  return { effects: isErased.map((target) => disk(tool.op, target)) };
}

function readParted(call: Call): Outcome {
  const parsed = readOptions(call.args, 'a= align= l list m machine s script f fix v version h help', {
    stopAtOperand: true,
  });
  const [device, ...command] = parsed.operands;
  const words = command.map((word) => word.text ?? '');
  const change = words.find((word) =>
    /^(?:mklabel|mktable|mkpart|mkpartfs|rm|resizepart|resize|mkfs|move|cp|rescue)$/.test(word),
  );
  if (!device || !change) return NOTHING;
  return { effects: [disk(`parted ${change}`, device, !/^(?:mkpart|rescue)$/.test(change))] };
}

/** Kinds of file systems that have a maker of their own. */
const MKFS = [
  'ext2',
  'ext3',
  'ext4',
  'xfs',
  'btrfs',
  'vfat',
  'fat',
  'msdos',
  'exfat',
  'ntfs',
  'f2fs',
  'minix',
  'cramfs',
  'jfs',
  'reiserfs',
  'bfs',
  'erofs',
  'ubifs',
  'nilfs2',
];

export const pages: readonly Page[] = [
  definePage({
    names: [
      'mkfs',
      ...MKFS.map((kind) => `mkfs.${kind}`),
      'mke2fs',
      'mkdosfs',
      'mkntfs',
      'mkswap',
      'newfs',
      'pvcreate',
    ],
    about: 'makes file systems, which erases what was there',
    read: readFormat,
    examples: [
      {
        command: 'mkfs.ext4 /dev/sda1',
        effects: [{ kind: 'data', system: 'disk', op: 'format', destructive: true, target: '/dev/sda1' }],
      },
      { command: 'mkfs -t xfs -f disk.img', effects: [{ kind: 'data', system: 'disk', target: 'disk.img' }] },
      { command: 'mkfs.ext4 -n /dev/sda1', effects: [] },
    ],
  }),
  definePage({
    names: Object.keys(PARTITIONERS),
    about: 'changes partition tables and erases disks',
    read: readPartition,
    examples: [
      {
        command: 'wipefs -a /dev/sda',
        effects: [{ kind: 'data', system: 'disk', destructive: true, target: '/dev/sda' }],
      },
      {
        command: 'sgdisk --zap-all /dev/sda',
        effects: [{ kind: 'data', system: 'disk', destructive: true, target: '/dev/sda' }],
      },
      { command: 'fdisk -l /dev/sda', effects: [] },
    ],
  }),
  definePage({
    names: ['parted'],
    about: 'changes partition tables',
    read: readParted,
    examples: [
      {
        command: 'parted -s /dev/sda mklabel gpt',
        effects: [{ kind: 'data', system: 'disk', destructive: true, target: '/dev/sda' }],
      },
      { command: 'parted /dev/sda print', effects: [] },
      { command: 'parted -l', effects: [] },
    ],
  }),
];
