/** For what only shows to people without all rights: root may read and write everything. */

const NOBODY = 65534;

/** Runs something, as nobody in particular where the tests run as root. Not for what waits: the whole process changes. */
export function unprivileged<T>(body: () => T): T {
  if (process.getuid?.() !== 0) return body();
  process.seteuid?.(NOBODY);
  try {
    return body();
  } finally {
    process.seteuid?.(0);
  }
}
