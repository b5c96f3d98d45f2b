import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/agents.ts';
import { summaryOf } from './summary.ts';

const setup = {};

describe('coding agents', () => {
  it.each<[string, readonly string[], string?]>([
    ['codex exec --dangerously-bypass-approvals-and-sandbox x', ['run agent']],
    ['codex --yolo', ['run agent interactive']],
    ['codex exec --full-auto x', ['run agent']],
    ['codex exec -s danger-full-access x', ['run agent']],
    ['codex exec --sandbox=workspace-write x', ['run']],
    ['codex exec --sandbox read-only x', ['run']],
    ['codex exec -c approval_policy=never x', ['run agent']],
    ['codex exec -c \'approval_policy="never"\' x', ['run agent']],
    ['codex exec -c sandbox_mode=danger-full-access x', ['run agent']],
    ['codex exec -c hooks.PreToolUse=[] x', ['run agent']],
    ['codex exec -c features.codex_hooks=false x', ['run agent']],
    ['codex exec -c model=o3 x', ['run']],
    ['codex exec -c $setting x', ['run agent']],
    ['codex exec --disable hooks x', ['run agent']],
    ['codex exec --disable web_search x', ['run']],
    ['codex exec -p loose x', ['run agent']],
    ['codex --ignore-user-config exec x', ['run agent']],
    ['codex exec --dangerously-bypass-hook-trust x', ['run agent']],
    ['codex exec --skip-git-repo-check x', ['run']],
    ['codex', ['run interactive']],
    ['codex exec review', ['run']],
    ['codex mcp list', ['run']],
    ['codex mcp add x -- npx y', ['run', 'write /home/user/.codex/config.toml']],
    ['codex features disable hooks', ['run', 'run agent', 'write /home/user/.codex/config.toml']],
    ['codex features list', ['run']],
    ['codex login', ['run', 'secret write codex']],
    ['codex login status', ['run']],
    ['codex logout', ['run', 'secret delete codex']],
    ['codex plugin install x', ['run', 'write /home/user/.codex/config.toml']],
    ['codex --help', []],
    ['claude -p hi', ['run']],
    ['claude --dangerously-skip-permissions', ['run agent interactive']],
    ['claude -p x --permission-mode bypassPermissions', ['run agent']],
    ['claude --version', []],
    ['gemini --yolo -p x', ['run agent']],
    ['gemini --approval-mode=yolo', ['run agent interactive']],
    ['gemini -p hi', ['run']],
    ['cursor-agent -f x', ['run agent']],
    ['aider --yes-always -m x', ['run agent']],
    ['opencode run x', ['run']],
    ['amp --dangerously-allow-all', ['run agent interactive']],
    ['codex sandbox linux rm -rf x', ['run', '> rm -rf x']],
  ])('%s', (command, expected, stdin) => {
    expect(summaryOf(pages, command, stdin === undefined ? setup : { ...setup, stdin })).toEqual(expected);
  });
});
