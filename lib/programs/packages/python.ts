/** Package managers for Python: pip, uv, poetry, pdm and their kin; conda.ts has conda's. */

import { readOptions } from '../coreutils/spec.ts';
import { net, remoteCode, wordAt } from '../effects.ts';
import { knownStart } from '../options.ts';
import { NOTHING, type Outcome, type Page } from '../page.ts';
import { projectTasks } from '../tasks/python-projects.ts';
import { type Managed, managerPage } from './manager.ts';
import { packageEffects, registryNet } from './sources.ts';

const PIP_OPTIONS = [
  'i= index-url= extra-index-url= f= find-links= r= requirement= c= constraint= e= editable= t= target= prefix= root=',
  'src= proxy= cert= client-cert= trusted-host= cache-dir= log= timeout= retries= d= dest= w= wheel-dir= platform=',
  'python-version= implementation= abi= only-binary= no-binary= progress-bar= upgrade-strategy= config-settings= C=',
  'global-option= build-option= report= python= index= default-index= p= with= with-requirements= with-editable= from=',
  'extra= group= only-group= no-group= directory= project= config-file= package= branch= tag= rev= spec= pip-args=',
  'index-strategy= keyring-provider= resolution= prerelease= exclude-newer= link-mode= color= o= output-file= G=',
  'source= venv= env-file= script= n= name= publish-url= repository= u= username= password= token= upgrade-package=',
  'dry-run no-index offline user',
].join(' ');

const PIP_VARIABLES = ['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_FIND_LINKS', 'PIP_PROXY'];
const UV_VARIABLES = [
  'UV_INDEX_URL',
  'UV_EXTRA_INDEX_URL',
  'UV_INDEX',
  'UV_DEFAULT_INDEX',
  'UV_FIND_LINKS',
  'UV_PUBLISH_URL',
];

const PIP = {
  registry: 'pypi',
  indexes: [
    'i',
    'index-url',
    'extra-index-url',
    'f',
    'find-links',
    'proxy',
    'index',
    'default-index',
    'publish-url',
    'source',
  ],
  lists: ['r', 'requirement', 'with-requirements', 'c', 'constraint'],
  paths: ['e', 'editable', 'with-editable'],
  extras: ['with', 'from', 'spec'],
  offline: ['no-index', 'offline'],
  dry: ['dry-run'],
  scripts: true,
} as const;

/** Commands of the project's own that a manager runs by their names. */
function scriptsOf({ call, verb, rest, parsed }: Managed): Outcome {
  const [name, ...args] =
    verb === 'run' ? readOptions(rest, PIP_OPTIONS, { stopAtOperand: true }).operands : [];
  const folder = parsed.value('project', 'directory');
  if (call.name === 'pdm')
    // `pdm NAME` is short for `pdm run NAME`.
    return verb === 'run' || verb === ''
      ? projectTasks(call, 'pdm', name ? [name] : [], args, folder)
      : projectTasks(call, 'pdm', parsed.operands.slice(0, 1), rest, folder);
  if (call.name === 'rye') return projectTasks(call, 'rye', name ? [name] : [], args);
  if (call.name === 'poetry' && verb === 'poe')
    return projectTasks(call, 'poe', rest.slice(0, 1), rest.slice(1));
  if (call.name !== 'hatch' || name === undefined) return NOTHING;
  // `env:script`
  const plain = name.text === undefined ? name : wordAt(name.text.slice(name.text.indexOf(':') + 1), name);
  return projectTasks(call, 'hatch', [plain], args);
}

export const pages: readonly Page[] = [
  managerPage({
    ...PIP,
    names: 'pip pip3 pip2 pip3.9 pip3.10 pip3.11 pip3.12 pip3.13 pip3.14',
    about: 'pip: packages for Python',
    options: PIP_OPTIONS,
    variables: PIP_VARIABLES,
    globals: ['break-system-packages'],
    deeds: {
      install: 'install',
      uninstall: 'remove',
      'download, wheel, search, index': 'ask',
      'config set': 'registry',
    },
    examples: [
      {
        command: 'pip install requests==2.31 --extra-index-url https://registry.example/simple',
        effects: [
          { kind: 'package', manager: 'pip', op: 'install', source: 'other-registry' },
          { kind: 'net', host: 'registry.example' },
        ],
      },
      {
        command: 'pip install -r requirements.txt',
        effects: [
          { kind: 'file', op: 'read', path: 'requirements.txt' },
          { kind: 'net', registry: 'pypi' },
        ],
      },
      {
        command: 'pip install git+https://git.example/o/r.git',
        effects: [
          { kind: 'package', source: 'git' },
          { kind: 'net', host: 'git.example' },
        ],
      },
      {
        command: 'pip install -r https://x.example/requirements.txt',
        effects: [{ kind: 'package', source: 'url' }],
      },
      { command: 'pip list --outdated', effects: [] },
      { command: 'pip show requests', effects: [] },
    ],
  }),
  managerPage({
    ...PIP,
    names: 'uv',
    about: 'uv: Python projects, packages and tools',
    options: `${PIP_OPTIONS} m= module=`,
    variables: [...UV_VARIABLES, ...PIP_VARIABLES],
    deeds: {
      'add, sync, lock, pip install, pip sync, pip compile, tool install, tool upgrade, python install, self update':
        'install',
      'remove, pip uninstall, tool uninstall': 'remove',
      publish: 'publish',
      run: 'argv',
      'tool run': 'tool',
      build: 'ask',
      'auth login': 'login',
    },
    more: ({ verb, parsed, near, operands }) => {
      const module = parsed.value('m', 'module');
      const [script] = operands;
      if (verb === 'run' && script !== undefined && /^https?:/.test(knownStart(script)))
        return {
          effects: [net(script), remoteCode(script)],
        };
      return verb === 'run' && module
        ? {
            effects: [],
            runs: [
              {
                kind: 'argv',
                argv: [wordAt('python', near), wordAt('-m', near), module, ...parsed.operands.slice(1)],
                via: 'uv run',
              },
            ],
          }
        : { effects: [] };
    },
    examples: [
      {
        command: 'uv add httpx',
        effects: [
          { kind: 'package', op: 'install' },
          { kind: 'net', registry: 'pypi' },
        ],
      },
      {
        command: 'uv run rm -rf build',
        effects: [{ kind: 'file', op: 'delete', path: 'build', recursive: true }],
      },
      { command: 'uv run https://x.example/a.py', effects: [{ kind: 'opaque', cause: 'remote' }] },
      { command: 'uv run pytest -q', effects: [] },
      { command: 'uv pip list', effects: [] },
    ],
  }),
  managerPage({
    ...PIP,
    names: 'uvx pipx',
    about: 'Python programs that run from packages of their own',
    options: PIP_OPTIONS,
    variables: [...UV_VARIABLES, ...PIP_VARIABLES],
    deeds: {
      'install, inject, upgrade, upgrade-all, reinstall, reinstall-all': 'install',
      'uninstall, uninstall-all, uninject': 'remove',
      run: 'tool',
    },
    more: ({ call, near, parsed, verb, rest }) => {
      if (call.name !== 'uvx' || verb === '') return { effects: [] };
      const tool = parsed.operands[0] ?? near;
      const bare = { ...tool, text: tool.text?.replace(/(?<=.)(?:@|==).*$/, '') } as typeof tool;
      const others = parsed.values(...PIP.indexes);
      return {
        effects: [
          ...packageEffects('uvx', 'install', near, [parsed.value('from') ?? tool], {
            runsScripts: true,
            otherRegistry: others.length > 0,
          }),
          ...registryNet('pypi', near, others),
        ],
        runs: [{ kind: 'argv', argv: [bare, ...rest], via: 'uvx' }],
      };
    },
    examples: [
      {
        command: 'uvx ruff check .',
        effects: [
          { kind: 'package', manager: 'uvx' },
          { kind: 'run', program: 'ruff' },
        ],
      },
      { command: 'pipx run black --check .', effects: [{ kind: 'run', program: 'black' }] },
      {
        command: 'pipx run --spec git+https://git.example/o/r x',
        effects: [{ kind: 'package', source: 'git' }],
      },
      { command: 'pipx list', effects: [] },
    ],
  }),
  managerPage({
    ...PIP,
    names: 'poetry pdm pipenv rye hatch',
    about: 'Python projects with a lock file',
    options: PIP_OPTIONS,
    variables: PIP_VARIABLES,
    gits: ['git'],
    deeds: {
      'add, install, update, sync, lock, self add, self update, upgrade': 'install',
      'remove, uninstall, self remove': 'remove',
      publish: 'publish',
      'source add': 'registry',
      'search, outdated': 'ask',
      run: 'argv',
      shell: 'interactive',
    },
    more: (managed) => {
      const { verb, near, operands } = managed;
      const tasks = scriptsOf(managed);
      return {
        ...tasks,
        effects:
          verb === 'config' && /http-basic|pypi-token/.test(operands[0]?.text ?? '')
            ? [...tasks.effects, { kind: 'secret', store: 'poetry', op: 'write', span: near.span }]
            : tasks.effects,
      };
    },
    examples: [
      { command: 'poetry add requests', effects: [{ kind: 'package', manager: 'poetry', op: 'install' }] },
      { command: 'poetry run rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'pdm list', effects: [] },
    ],
  }),
];
