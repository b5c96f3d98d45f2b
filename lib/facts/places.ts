/** Knows the directories that everybody shares and no project may claim. Asks nothing of the disk. */

/** Never a project themselves, though a project may lie below. */
const SHARED = new Set(
  (
    '/ /Applications /Users /Volumes /home /media /mnt /opt /private /private/tmp /private/var /root /run /srv /tmp ' +
    '/usr /usr/local /usr/src /var /var/cache /var/lib /var/log /var/opt /var/spool /var/tmp'
  ).split(' '),
);

/** The system's with all that is in them, even where someone keeps them under git. */
const SYSTEM_TREE =
  /^\/(bin|boot|dev|etc|lib\w*|proc|sbin|sys|System|Library|private\/etc|usr\/(local\/)?(bin|etc|lib\w*|sbin|share))(\/|$)/;

/** True for directories that hold more than one project's files: `/`, `/usr`, anything in `/etc`, the home directory and all above it. */
export function isCommonGround(directory: string, home: string): boolean {
  return SHARED.has(directory) || SYSTEM_TREE.test(directory) || isWithin(home, directory);
}

/** True when `path` is `root` or lies below it. Both absolute and folded. */
export function isWithin(path: string, root: string): boolean {
  return path === root || root === '/' || path.startsWith(`${root}/`);
}
