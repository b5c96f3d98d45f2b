/** MCP calls: the call itself, and the paths, URLs and branches that its arguments name. */

import { net } from '../programs/effects.ts';
import type { Effect } from '../types/effect.ts';
import type { Span, Word } from '../types/text.ts';

const MAX_STRINGS = 2000;
const MAX_DEPTH = 16;
const PATH_KEY = /path|file|dir|folder|root|cwd|destination|source|target|from|to$|uri/i;
const BRANCH_KEY = /^(?:branch|base|head|ref|target_branch|default_branch|branch_name)$/i;
const WRITES =
  /writ|edit|creat|updat|delet|remov|move|renam|append|insert|replac|patch|save|put|upload|set|add|push|copy|mkdir/i;
const FROM_KEYS = ['source', 'from', 'src', 'old_path', 'oldPath', 'source_path', 'sourcePath'];
const TO_KEYS = ['destination', 'to', 'dest', 'dst', 'new_path', 'newPath', 'destination_path', 'target'];
const DELETES = /delet|remov|unlink|rmdir|trash/i;

/**
 * Effects of an MCP call. Whatever an argument names, the tool's own name tells whether it is read, written or deleted.
 *
 * @param args arguments as JSON values; at most 2,000 strings and 16 levels are looked at
 */
export function mcpEffects(server: string, tool: string, args: unknown, span: Span): Effect[] {
  const effects: Effect[] = [{ kind: 'mcp', server, tool, args, span }];
  const word = (text: string): Word => ({ text, glob: false, span });
  const op = DELETES.test(tool) ? 'delete' : WRITES.test(tool) ? 'write' : 'read';
  const moved = movedFile(tool, args, word);
  if (moved !== undefined) return [...effects, ...moved];
  for (const { key, value } of collectStrings(args)) {
    if (/^(?:https?|wss?|ftp|ssh|git):\/\//i.test(value)) effects.push(net(word(value)));
    else if (looksLikePath(key, value))
      effects.push({
        kind: 'file',
        op,
        path: word(value.replace(/^file:\/\//, '')),
        span,
        ...(op === 'delete' ? { recursive: true } : {}),
      });
  }
  return [...effects, ...forgeEffects(server, tool, args, span)];
}

/** A tool that moves or copies names two files, of which only one is written. */
function movedFile(tool: string, args: unknown, word: (text: string) => Word): Effect[] | undefined {
  const texts = new Map(collectStrings(args).map(({ key, value }) => [key, value]));
  const [from, to] = [FROM_KEYS, TO_KEYS].map((keys) =>
    keys.map((key) => texts.get(key)).find((value) => value !== undefined),
  );
  if (from === undefined || to === undefined) return undefined;
  const span: Span = { start: 0, end: 0 };
  if (/move|rename/i.test(tool))
    return [{ kind: 'file', op: 'move', path: word(to), from: word(from), span }];
  if (!/copy/i.test(tool)) return undefined;
  return [
    { kind: 'file', op: 'read', path: word(from), recursive: true, span },
    { kind: 'file', op: 'write', path: word(to), recursive: true, span },
  ];
}

/** Servers of git forges name their branches in arguments. */
function forgeEffects(server: string, tool: string, args: unknown, span: Span): Effect[] {
  if (!/git|forge|bitbucket/i.test(server) && !/pull_request|merge_request|branch|commit|push/i.test(tool))
    return [];
  const branch = collectStrings(args).find(({ key }) => BRANCH_KEY.test(key))?.value;
  const word =
    branch === undefined ? {} : { branch: { text: branch.replace(/^refs\/heads\//, ''), glob: false, span } };
  if (
    /merge/i.test(tool) &&
    /pull|merge_request|_pr\b|^merge|auto_?merge/i.test(tool) &&
    !/^(?:get|list|search)/i.test(tool)
  )
    return [{ kind: 'git', op: 'api-merge', span, ...word }];
  if (/delete.*branch|branch.*delete/i.test(tool))
    return [{ kind: 'git', op: 'api-delete-ref', span, ...word }];
  if (
    /push|create_or_update_file|delete_file|commit|update_ref|create_commit/i.test(tool) &&
    /writ|push|creat|updat|delet|commit/i.test(tool)
  ) {
    return [
      {
        kind: 'git',
        op: /^git_commit$|^commit$/.test(tool) ? 'commit' : 'api-update-ref',
        span,
        ...word,
        ...(/^git_commit$|^commit$/.test(tool) ? { onCurrent: true } : {}),
      },
    ];
  }
  return [];
}

function looksLikePath(key: string, value: string): boolean {
  if (value === '' || value.length > 1024 || value.includes('\n')) return false;
  return (
    /^(?:~|\.{0,2}\/|file:\/\/)/.test(value) ||
    (PATH_KEY.test(key) && !/\s{2,}/.test(value)) ||
    /^\.[\w-]+(?:\/|$)/.test(value)
  );
}

/** All strings of a JSON value with the key nearest to them. */
function collectStrings(root: unknown): { key: string; value: string }[] {
  const found: { key: string; value: string }[] = [];
  const stack: { key: string; value: unknown; depth: number }[] = [{ key: '', value: root, depth: 0 }];
  for (let item = stack.pop(); item !== undefined && found.length < MAX_STRINGS; item = stack.pop()) {
    const { key, value, depth } = item;
    if (typeof value === 'string') found.push({ key, value });
    else if (value !== null && typeof value === 'object' && depth < MAX_DEPTH) {
      for (const [name, child] of Object.entries(value))
        stack.push({ key: Array.isArray(value) ? key : name, value: child, depth: depth + 1 });
    }
  }
  return found;
}
