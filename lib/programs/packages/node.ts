/** npm, pnpm, yarn, bun and their one-shot runners: which command a call has. What commands do is in node-commands.ts. */

import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { run, wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { findVerb } from '../verbs.ts';
import { askRegistry, type NodeCall, nodeOptions, openNode, runScript } from './node-call.ts';
import { COMMANDS, execWith, fallBack, install, nodeItself } from './node-commands.ts';

function readNode(call: Call): Outcome {
  const { name, word, before, rest } = findVerb(call.args, nodeOptions(call.name));
  if (before.has('version', 'v', 'help', 'h')) return NOTHING;
  const node = openNode(call, call.args, rest);
  if (!word)
    return call.name === 'yarn'
      ? install(openNode(call, [wordAt('install', node.near), ...call.args], rest), '')
      : NOTHING;
  if (call.name === 'bun') {
    const own = readBun(node, name, word);
    if (own) return own;
  }
  if (name === 'node' && call.name !== 'npm') return nodeItself(node, name);
  if (name === 'npm' && call.name === 'yarn') return readNode({ ...call, args: rest });
  if (name === 'global') return readNode({ ...call, args: [...rest, wordAt('--global', word)] });
  const command = COMMANDS.get(name);
  // A script may have the name of a command that only prints; a script wins where the manager says so.
  if (command && !(call.name === 'yarn' && name === 'build')) return command(node, name);
  if (call.name === 'npm') return NOTHING;
  return runScript(node, word, rest) ?? fallBack(node, word, rest);
}

const SCRIPT_FILE = /\.(?:[cm]?[jt]sx?|sh)$/;

/** bun is a runtime too: files, code, tests. */
function readBun(node: NodeCall, name: string, word: Word): Outcome | undefined {
  const code = node.parsed.value('e', 'eval', 'print');
  if (code) return { effects: [], runs: [{ kind: 'code', lang: 'javascript', code, via: 'bun -e' }] };
  const path = name === 'run' ? node.operands[0] : word;
  if (path && SCRIPT_FILE.test(path.text ?? ''))
    return {
      effects: [],
      runs: [
        {
          kind: 'file',
          lang: path.text?.endsWith('.sh') ? 'sh' : 'javascript',
          path,
          args: node.rest,
          via: 'bun',
        },
      ],
    };
  if (['test', 'build', 'repl', 'pm', 'upgrade'].includes(name))
    return { effects: name === 'repl' ? [run(programWord(node.call), { interactive: true })] : [] };
  return undefined;
}

function readRunner(call: Call): Outcome {
  // bun -e takes its value before any operand.
  const code =
    call.name === 'bun'
      ? readOptions(call.args, 'e= eval= p= print=', { stopAtOperand: true }).value('e', 'eval', 'p', 'print')
      : undefined;
  if (code) return { effects: [], runs: [{ kind: 'code', lang: 'javascript', code, via: 'bun -e' }] };
  return readNode(call);
}

function readNpx(call: Call): Outcome {
  const node = openNode(call, [], call.args);
  const first = readOptions(call.args, nodeOptions(call.name), { stopAtOperand: true });
  if (first.has('version', 'v', 'help', 'h')) return NOTHING;
  return execWith({ ...node, parsed: first }, true);
}

function readCorepack(call: Call): Outcome {
  const { name, rest } = findVerb(call.args, '');
  const node = openNode(call, call.args, rest);
  if (/^(?:npm|npx|pnpm|pnpx|yarn|yarnpkg|bun)(?:@|$)/.test(name))
    return {
      effects: name.includes('@') ? askRegistry(node) : [],
      runs: [{ kind: 'argv', argv: [wordAt(name.replace(/@.*$/, ''), node.near), ...rest], via: 'corepack' }],
    };
  return { effects: ['use', 'up', 'install', 'prepare', 'pack'].includes(name) ? askRegistry(node) : [] };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['npm', 'pnpm', 'yarn', 'yarnpkg', 'bun', 'cnpm'],
    about: 'package managers for node: installing, publishing, and the scripts of package.json',
    read: readRunner,
    examples: [
      {
        command: 'npm install left-pad',
        effects: [
          { kind: 'package', manager: 'npm', op: 'install', source: 'registry', runsScripts: true },
          { kind: 'net', registry: 'npm' },
        ],
      },
      {
        command: 'npm install left-pad --registry https://registry.example',
        effects: [{ kind: 'net', host: 'registry.example' }],
      },
      {
        command: 'pnpm add github:owner/repo --ignore-scripts',
        effects: [
          { kind: 'package', source: 'git', runsScripts: false },
          { kind: 'net', host: 'github.com' },
        ],
      },
      {
        command: "npm exec -c 'rm -rf /home/user'",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      {
        command: 'npm config set registry https://registry.example',
        effects: [{ kind: 'package', op: 'registry' }],
      },
      { command: 'npm ls --depth=0', effects: [] },
      { command: 'npm run lint', effects: [] },
    ],
  }),
  definePage({
    names: ['npx', 'bunx', 'pnpx', 'pnx'],
    about: 'runs a program of a package, fetched when it is not installed',
    read: readNpx,
    examples: [
      {
        command: 'npx -y cowsay hi',
        effects: [
          { kind: 'package', op: 'install' },
          { kind: 'run', program: 'cowsay' },
        ],
      },
      { command: "npx -c 'rm -rf build'", effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'npx --no-install tsc --noEmit', effects: [] },
    ],
  }),
  definePage({
    names: ['corepack'],
    about: 'runs the package manager that a project asks for',
    read: readCorepack,
    examples: [
      { command: 'corepack pnpm add x', effects: [{ kind: 'package', manager: 'pnpm', op: 'install' }] },
      { command: 'corepack use yarn@4', effects: [{ kind: 'net', registry: 'npm' }] },
      { command: 'corepack enable', effects: [] },
    ],
  }),
];
