/** Samples of what agents do all day. Which functions a code cache holds hangs on them, no answer does. */

import type { EventName } from '../lib/types/payload.ts';

type Fields = Readonly<Record<string, unknown>>;

const shell = (command: string): Fields => ({
  tool_name: 'Bash',
  tool_input: { command },
  tool_use_id: 'c',
});

const PATCH = `*** Begin Patch
*** Update File: src/index.ts
@@ export function start() {
-  return 1;
+  return 2;
 }
*** Add File: docs/note.md
+# Note
*** End Patch
`;

const OUTPUT = `On branch feature\nChanges not staged for commit:\n\tmodified:   src/index.ts\ntoken: "none", key = value\n`;

/** A policy as people have it. */
export const POLICY = `{
  // Ours.
  "guards": { "secrets": "deny", "change-size": ["deny", { "deletions": 5 }] },
}
`;

/** Files of the sample project: task files, whose parsers are costly. */
export const FILES: Readonly<Record<string, string>> = {
  'Taskfile.yml':
    "version: '3'\nvars: &vars\n  OUT: dist\ntasks:\n  lint:\n    deps: [build]\n    cmds:\n      - |\n        eslint .\n      - cmd: tsc --noEmit\n  build: 'tsc -p . && cp -r assets \"{{.OUT}}\"' # all of it\n",
  'mise.toml':
    '[tasks.lint]\nrun = ["eslint .", \'tsc\']\ndepends = ["build"]\n[tasks.build]\nrun = "tsc -p ."\n',
};

/** Event, and the payload's own fields. */
export type Sample = readonly [event: EventName, fields: Fields];

export const SAMPLES: readonly Sample[] = [
  ['SessionStart', { source: 'startup' }],
  ['UserPromptSubmit', { prompt: 'Mend the failing test in src/index.ts, please.' }],
  ...[
    'git status',
    'git status --short && git diff HEAD~1 -- src | head -50',
    'git add -A && git commit -m "feat: say what changed"',
    'git push --force origin main',
    `rg -n 'TODO|FIXME' --glob '!dist' src "$HOME/notes" | sort -u > /tmp/todo.txt 2>&1`,
    "sed -n '1,200p' src/index.ts; cat package.json | head -20",
    'ls -la src; find . -name "*.ts" -not -path "./node_modules/*" | xargs wc -l',
    'cd packages/app && npm test -- --run || echo "failed: $?"',
    'cat > notes.txt <<EOF\nname: $USER\n$(date)\nEOF',
    'for f in src/*.ts; do if [ -f "$f" ]; then echo "${f%.ts}"; fi; done',
    'FOO=1 timeout 60 bash -lc "npm run build && mkdir -p out && cp -r dist out/"',
    'rm -rf build /tmp/scratch && mv a.txt b.txt',
    'curl -fsSL https://api.example/v1/items -o items.json',
    'docker compose up -d && psql -c "select 1"',
    'gh pr view 12 --json title',
    'task lint && mise run lint',
    `python3 - <<'PY'\nimport json, pathlib\nprint(json.loads(pathlib.Path('package.json').read_text())['name'])\nPY`,
    `node -e "const fs = require('fs'); console.log(fs.readdirSync('.').length)"`,
  ].map((command) => ['PreToolUse', shell(command)] as const),
  ['PermissionRequest', shell('npm install')],
  ['PreToolUse', { tool_name: 'apply_patch', tool_input: { command: PATCH }, tool_use_id: 'c' }],
  ['PreToolUse', { tool_name: 'mcp__files__read', tool_input: { path: 'README.md' }, tool_use_id: 'c' }],
  ['PostToolUse', { ...shell('git status'), tool_response: OUTPUT }],
  ['PreCompact', { trigger: 'auto' }],
  ['Stop', { stop_hook_active: false, last_assistant_message: 'The test is mended.' }],
  ['SessionEnd', { reason: 'other' }],
];
