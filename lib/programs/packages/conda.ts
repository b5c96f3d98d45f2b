/** Package managers of the conda world: conda, mamba, pixi. */

import { readOptions } from '../coreutils/spec.ts';
import { net } from '../effects.ts';
import type { Page } from '../page.ts';
import { projectTasks } from '../tasks/python-projects.ts';
import { managerPage } from './manager.ts';

export const pages: readonly Page[] = [
  managerPage({
    names: 'pixi',
    about: 'pixi: environments and tasks of a project',
    registry: 'conda',
    options: 'manifest-path= m= e= environment= c= channel= p= platform= s= spec= f= feature= frozen locked',
    scripts: true,
    deeds: {
      'add, install, update, upgrade, global install, global update': 'install',
      'remove, global uninstall, global remove': 'remove',
      'search, lock': 'ask',
      exec: 'tool',
      run: 'argv',
      shell: 'interactive',
    },
    more: ({ call, verb, rest }) => {
      const [name, ...args] =
        verb === 'run'
          ? readOptions(rest, 'manifest-path= m= e= environment=', { stopAtOperand: true }).operands
          : [];
      return projectTasks(call, 'pixi', name ? [name] : [], args);
    },
    examples: [
      { command: 'pixi add numpy', effects: [{ kind: 'package', manager: 'pixi', op: 'install' }] },
      { command: 'pixi run rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'pixi run test', effects: [] },
    ],
  }),
  managerPage({
    names: 'conda mamba micromamba',
    about: 'conda: packages and environments',
    registry: 'conda',
    options:
      'n= name= p= prefix= c= channel= f= file= r= root-prefix= cwd= solver= override-channels dry-run offline',
    indexes: [],
    lists: ['f', 'file'],
    offline: ['offline'],
    dry: ['dry-run', 'd'],
    scripts: true,
    deeds: {
      'install, create, update, upgrade, env create, env update': 'install',
      'remove, uninstall, env remove': 'remove',
      config: 'none',
      search: 'ask',
      run: 'argv',
    },
    more: ({ parsed, near, verb, operands }) => ({
      effects: [
        ...parsed
          .values('c', 'channel')
          .filter((channel) => /:\/\//.test(channel.text ?? ''))
          .map((channel) => net(channel)),
        ...(verb === 'config' && parsed.has('add', 'append', 'prepend', 'set')
          ? [
              {
                kind: 'package' as const,
                manager: 'conda',
                op: 'registry' as const,
                names: operands,
                source: 'other-registry' as const,
                span: near.span,
              },
            ]
          : []),
      ],
    }),
    examples: [
      {
        command: 'conda install -c conda-forge numpy',
        effects: [
          { kind: 'package', manager: 'conda' },
          { kind: 'net', registry: 'conda' },
        ],
      },
      { command: 'conda run -n base rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'conda env list', effects: [] },
    ],
  }),
];
