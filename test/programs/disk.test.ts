import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/disk.ts';
import { readWith } from './call.ts';
import { showOutcome } from './show.ts';

describe('disks and the machine', () => {
  it.each([
    ['mkfs.ext4 /dev/sda1', ['data disk format /dev/sda1 destructive']],
    ['mkfs -t xfs /dev/sda1', ['data disk format /dev/sda1 destructive']],
    ['mkfs.vfat -n LABEL /dev/sdb1', ['data disk format /dev/sdb1 destructive']],
    ['mkfs.xfs -n size=8192 /dev/sdb1', ['data disk format /dev/sdb1 destructive']],
    ['mkfs.ext4 -F disk.img', ['data disk format disk.img destructive', 'write disk.img clobbers']],
    ['mkfs.ext4 -n /dev/sda1', []],
    ['mkfs.xfs -N /dev/sda1', []],
    ['mkswap /dev/sda2', ['data disk mkswap /dev/sda2 destructive']],
    ['pvcreate /dev/sdb', ['data disk format /dev/sdb destructive']],
    ['mkfs.ext4 $dev', ['data disk format … destructive', 'write … clobbers']],
    ['fdisk /dev/sda', ['data disk partition /dev/sda destructive']],
    ['fdisk -l /dev/sda', []],
    ['sfdisk /dev/sda', ['data disk partition /dev/sda destructive']],
    ['sfdisk -d /dev/sda', []],
    ['sgdisk --zap-all /dev/sda', ['data disk partition /dev/sda destructive']],
    ['sgdisk -p /dev/sda', []],
    ['sgdisk -p -Z /dev/sda', ['data disk partition /dev/sda destructive']],
    ['wipefs -a /dev/sda', ['data disk wipefs /dev/sda destructive']],
    ['wipefs /dev/sda', []],
    ['wipefs -n -a /dev/sda', []],
    ['blkdiscard -f /dev/nvme0n1', ['data disk discard /dev/nvme0n1 destructive']],
    ['badblocks -w /dev/sda', ['data disk overwrite /dev/sda destructive']],
    ['badblocks -sv /dev/sda', []],
    ['hdparm -I /dev/sda', []],
    ['hdparm --security-erase x /dev/sda', ['data disk erase /dev/sda destructive']],
    ['parted -s /dev/sda mklabel gpt', ['data disk parted mklabel /dev/sda destructive']],
    ['parted /dev/sda rm 1', ['data disk parted rm /dev/sda destructive']],
    ['parted /dev/sda print', []],
    ['zfs destroy -r tank/home', ['data disk zfs destroy tank/home destructive']],
    ['zfs destroy -nv tank/home', []],
    ['zfs list', []],
    ['zfs snapshot tank@a', ['data disk zfs snapshot tank@a']],
    ['zpool destroy tank', ['data disk zpool destroy tank destructive']],
    ['zpool status', []],
    ['btrfs subvolume delete /data/x', ['data disk btrfs subvolume delete /data/x destructive']],
    ['btrfs subvolume list /', []],
    ['cryptsetup luksFormat /dev/sda3', ['data disk cryptsetup luksFormat /dev/sda3 destructive']],
    ['cryptsetup status x', []],
    ['lvremove -y vg0/root', ['data disk lvremove vg0/root destructive']],
    ['vgremove vg0', ['data disk vgremove vg0 destructive']],
    ['mdadm --zero-superblock /dev/sdb', ['data disk mdadm --zero-superblock /dev/sdb destructive']],
    ['nvme format /dev/nvme0', ['data disk nvme format /dev/nvme0 destructive']],
    ['diskutil eraseDisk JHFS+ x /dev/disk2', ['data disk diskutil eraseDisk /dev/disk2 destructive']],
    ['diskutil list', []],
    ['mount', []],
    ['mount -t ext4 /dev/sda1 /mnt', ['data disk mount /mnt']],
    ['mount --bind / /mnt', ['data disk mount /mnt']],
    ['umount -l /mnt', ['data disk umount /mnt']],
    ['losetup -f disk.img', ['data disk losetup disk.img']],
    ['losetup -a', []],
    ['swapoff -a', ['data disk swapoff swapoff']],
    ['fsck -y /dev/sda1', ['data disk fsck /dev/sda1']],
    ['fsck -n /dev/sda1', []],
    ['shutdown -h now', ['data machine shutdown  destructive']],
    ['shutdown -c', []],
    ['reboot', ['data machine reboot  destructive']],
    ['poweroff -f', ['data machine poweroff  destructive']],
    ['init 0', ['data machine runlevel  destructive']],
    ['init 3', []],
    ['kexec -l vmlinuz', []],
  ])('%s', (command, expected) => {
    expect(showOutcome(readWith(pages, command))).toEqual(expected);
  });

  it('knows each name once', () => {
    const names = pages.flatMap((page) => page.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
