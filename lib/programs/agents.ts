/** Coding agents started from inside one: which of their protections a command line takes away, and what it keeps for later. */

import type { Effect } from '../types/effect.ts';
import { programWord } from './coreutils/paths.ts';
import { readOptions } from './coreutils/spec.ts';
import { file, run, wordAt } from './effects.ts';
import { type Call, definePage, type Outcome, type Page } from './page.ts';
import { secret } from './verbs.ts';

interface Agent {
  readonly options: string;
  /** Options that lower a protection by being there. */
  readonly lowers: readonly string[];
  /** Options and the values that lower one. */
  readonly lowering?: Readonly<Record<string, RegExp>>;
  /** Commands that print or check only. */
  readonly harmless?: RegExp;
}

/** Settings of codex that take a protection away, as `-c key=value`. */
const LOWERED_SETTING =
  /^(?:(?:profiles\.[^.=]+\.)?(?:approval_policy\s*=\s*["']?never|sandbox_mode\s*=\s*["']?danger-full-access|sandbox_workspace_write\.(?:network_access\s*=\s*true|writable_roots)|default_permissions)|features\.(?:\w*hooks\w*)\s*=\s*false|hooks\b|projects\..*trust_level|features\s*=.*hooks|shell_environment_policy|notify|mcp_servers)/s;

const CODEX: Agent = {
  options:
    'c= config= m= model= p= profile= s= sandbox= a= ask-for-approval= C= cd= i= image= enable= disable= add-dir= o= output-last-message= output-schema= color= local-provider= remote= full-auto yolo dangerously-bypass-approvals-and-sandbox dangerously-bypass-hook-trust ignore-user-config ignore-rules search oss json skip-git-repo-check ephemeral',
  lowers: [
    'dangerously-bypass-approvals-and-sandbox',
    'yolo',
    'full-auto',
    'dangerously-bypass-hook-trust',
    'ignore-user-config',
    'ignore-rules',
  ],
  lowering: {
    's sandbox': /^danger-full-access$/,
    'a ask-for-approval': /^never$/,
    'c config': LOWERED_SETTING,
    disable: /hooks/,
    'p profile': /./,
  },
};

const AGENTS: Readonly<Record<string, Agent>> = {
  codex: CODEX,
  claude: {
    options:
      'p? print? model= permission-mode= settings= setting-sources= allowedTools= allowed-tools= disallowedTools= mcp-config= add-dir= append-system-prompt= system-prompt= output-format= input-format= r? resume? session-id= agents= dangerously-skip-permissions allow-dangerously-skip-permissions',
    lowers: ['dangerously-skip-permissions', 'allow-dangerously-skip-permissions'],
    lowering: {
      'permission-mode': /^(?:bypassPermissions|dontAsk|auto)$/,
      settings: /bypassPermissions|disableAllHooks|"hooks"/,
    },
  },
  gemini: {
    options:
      'p= prompt= m= model= approval-mode= i= prompt-interactive= include-directories= allowed-tools= y yolo s sandbox',
    lowers: ['y', 'yolo'],
    lowering: { 'approval-mode': /^yolo$/, 'allowed-tools': /run_shell_command/ },
  },
  qwen: {
    options: 'p= prompt= m= model= approval-mode= y yolo',
    lowers: ['y', 'yolo'],
    lowering: { 'approval-mode': /^yolo$/ },
  },
  'cursor-agent': {
    options: 'p? m= model= a= api-key= output-format= resume? f force',
    lowers: ['f', 'force', 'yolo'],
  },
  aider: {
    options: 'm= message= model= f= message-file= read= file= test-cmd= lint-cmd= yes-always yes',
    lowers: ['yes-always', 'yes'],
  },
  opencode: { options: 'm= model= p= prompt= s= session= agent=', lowers: ['dangerously-skip-permissions'] },
  goose: { options: 't= text= i= instructions=', lowers: [] },
  amp: { options: 'x? execute? dangerously-allow-all', lowers: ['dangerously-allow-all'] },
  copilot: {
    options: 'p= prompt= model= allow-tool= deny-tool= allow-all-tools',
    lowers: ['allow-all-tools', 'allow-all', 'allow-all-paths', 'yolo'],
  },
  droid: {
    options: 'auto= m= model= skip-permissions-unsafe',
    lowers: ['skip-permissions-unsafe'],
    lowering: { auto: /^high$/ },
  },
  crush: { options: 'c= cwd= y yolo', lowers: ['y', 'yolo'] },
};

const SILENT = new Set(['help', 'h', 'version', 'V']);

function readAgent(call: Call): Outcome {
  const agent = AGENTS[call.name] as Agent;
  const parsed = readOptions(call.args, agent.options);
  const near = programWord(call);
  const [verb = near, next] = parsed.operands;
  if (parsed.options.some(({ name }) => SILENT.has(name)) && parsed.operands.length === 0)
    return { effects: [] };
  const byValue = Object.entries(agent.lowering ?? {}).some(([names, pattern]) =>
    parsed.values(...names.split(' ')).some((value) => value.text === undefined || pattern.test(value.text)),
  );
  const isLowered = parsed.has(...agent.lowers) || byValue;
  const isOpen =
    parsed.operands.length === 0 &&
    !parsed.has('p', 'print', 'prompt', 'm', 'message', 'x', 'execute', 'version', 'help');
  const effects: Effect[] = [
    run(near, { ...(isLowered ? { privilege: 'agent' } : {}), ...(isOpen ? { interactive: true } : {}) }),
  ];
  if (call.name === 'codex') effects.push(...codexSettings(verb.text ?? '', next?.text ?? '', call));
  if (call.name === 'claude' && verb.text === 'mcp' && /^add/.test(next?.text ?? ''))
    effects.push(file('write', wordAt('~/.claude.json', near)));
  const at = call.args.findIndex((word) => word.text === 'sandbox');
  if (call.name === 'codex' && verb.text === 'sandbox' && at >= 0) {
    const inner = readOptions(call.args.slice(at + 1), CODEX.options, { stopAtOperand: true }).operands;
    const argv = /^(?:linux|macos|windows|seatbelt|landlock)$/.test(inner[0]?.text ?? '')
      ? inner.slice(1)
      : inner;
    return { effects, runs: argv.length > 0 ? [{ kind: 'argv', argv, via: 'codex sandbox' }] : [] };
  }
  return { effects };
}

/** What codex writes into its own folder. */
function codexSettings(verb: string, next: string, call: Call): readonly Effect[] {
  const near = programWord(call);
  const settings = file('write', wordAt(`${call.host.codexHome}/config.toml`, near));
  if (verb === 'login' && next !== 'status') return [secret(near, 'codex', 'write')];
  if (verb === 'logout') return [secret(near, 'codex', 'delete')];
  if (verb === 'mcp' && /^(?:add|remove|rm|login|logout)$/.test(next)) return [settings];
  if (verb === 'features' && /^(?:enable|disable)$/.test(next)) {
    const lowers = next === 'disable' && call.args.some((word) => /hooks/.test(word.text ?? 'hooks'));
    return lowers ? [run(near, { privilege: 'agent' }), settings] : [settings];
  }
  if (verb === 'plugin' && !/^(?:list|ls|show|search|info)$/.test(next)) return [settings];
  return verb === 'apply' || verb === 'a' ? [file('write', wordAt('.', near), { recursive: true })] : [];
}

export const pages: readonly Page[] = [
  definePage({
    names: Object.keys(AGENTS),
    about: 'coding agents and the protections that their options take away',
    read: readAgent,
    examples: [
      {
        command: 'codex exec --dangerously-bypass-approvals-and-sandbox x',
        effects: [{ kind: 'run', privilege: 'agent' }],
      },
      { command: 'codex exec -c features.hooks=false x', effects: [{ kind: 'run', privilege: 'agent' }] },
      { command: 'codex -s danger-full-access exec x', effects: [{ kind: 'run', privilege: 'agent' }] },
      {
        command: 'claude -p x --dangerously-skip-permissions',
        effects: [{ kind: 'run', privilege: 'agent' }],
      },
      { command: 'codex mcp add x -- npx y', effects: [{ kind: 'file', op: 'write' }] },
      { command: 'codex exec "explain this"', effects: [] },
      { command: 'codex --version', effects: [] },
    ],
  }),
  definePage({
    names: ['codex-guard'],
    about: 'this program itself; which of its commands are fine is for a guard to say',
    read: () => ({ effects: [] }),
    examples: [
      { command: 'codex-guard check "rm -rf x"', effects: [] },
      { command: 'codex-guard log', effects: [] },
      { command: 'codex-guard uninstall', effects: [{ kind: 'run', program: 'codex-guard' }] },
    ],
  }),
];
