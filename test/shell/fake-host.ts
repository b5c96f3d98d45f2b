/** A host made of plain data, for tests that must not depend on the machine. */

import type { HostView } from '../../lib/types/host.ts';

/** @param files absolute path → text; directories follow from them */
export function fakeHost(files: Readonly<Record<string, string>> = {}): HostView {
  const paths = Object.keys(files);
  const isDirectory = (path: string) =>
    path === '/' || paths.some((file) => file.startsWith(`${path.replace(/\/$/, '')}/`));
  return {
    home: '/home/dev',
    user: 'dev',
    temporary: ['/tmp'],
    codexHome: '/home/dev/.codex',
    guardHome: '/home/dev/.codex/guard',
    projects: ['/repo'],
    readFile: (path, max) =>
      (files[path]?.length ?? Number.POSITIVE_INFINITY) <= max ? files[path] : undefined,
    readDirectory: (path) => {
      if (!isDirectory(path)) return undefined;
      const prefix = path === '/' ? '/' : `${path}/`;
      return [
        ...new Set(
          paths
            .filter((file) => file.startsWith(prefix))
            .map((file) => file.slice(prefix.length).split('/')[0] as string),
        ),
      ];
    },
    pathKind: (path) => (files[path] !== undefined ? 'file' : isDirectory(path) ? 'directory' : undefined),
    realPath: (path) => path,
    repository: () => undefined,
  };
}
