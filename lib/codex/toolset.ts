/** Writes a call in whatever form the tools take that a client offers its model: classic ones, or JavaScript that calls them. */

import { call, code, type Item, type ModelRequest, patch, shell } from './scripted-model.ts';

interface Tool {
  readonly type: string;
  readonly name?: string;
  readonly tools?: readonly Tool[];
}

/** Calls that do not depend on the client's model. */
export interface Toolset {
  /** `code`: the model runs JavaScript, and what a script prints passes no hook. */
  readonly mode: 'classic' | 'code';
  readonly shell: (command: string) => Item;
  /** @param lines a patch without its first and last line */
  readonly patch: (...lines: readonly string[]) => Item;
  readonly mcp: (server: string, tool: string, args: unknown) => Item;
}

/** The tools of a request, or undefined when no command could be run with them. */
export function readToolset(request: Pick<ModelRequest, 'tools' | 'input'>): Toolset | undefined {
  const listed = [
    ...(request.tools as readonly unknown[] as readonly Tool[]),
    ...request.input.flatMap((item) =>
      item.type === 'additional_tools' && Array.isArray(item.tools) ? (item.tools as readonly Tool[]) : [],
    ),
  ];
  const names = new Set(
    listed.flatMap(({ type, name, tools = [] }) => [
      `${type}:${name}`,
      ...tools.map((tool) => `${tool.type}:${tool.name}`),
    ]),
  );
  if (names.has('function:exec_command')) return classicTools(names.has('custom:apply_patch'), shell);
  if (names.has('custom:exec')) return CODE_TOOLS;
  if (names.has('function:shell_command'))
    return classicTools(names.has('custom:apply_patch'), (command) => call('shell_command', { command }));
  return undefined;
}

function classicTools(hasPatch: boolean, run: (command: string) => Item): Toolset {
  return {
    mode: 'classic',
    shell: run,
    patch: hasPatch
      ? patch
      : (...lines) => run(`apply_patch <<'END_OF_PATCH'\n${wholePatch(lines)}\nEND_OF_PATCH`),
    mcp: (server, tool, args) => call(tool, args, `mcp__${server}`),
  };
}

const CODE_TOOLS: Toolset = {
  mode: 'code',
  shell: (command) => runScript('exec_command', { cmd: command }),
  patch: (...lines) => runScript('apply_patch', wholePatch(lines)),
  mcp: (server, tool, args) => runScript(`mcp__${server}__${tool}`, args),
};

/** A denial is an error that ends the script; its text is what the model gets. */
function runScript(tool: string, argument: unknown): Item {
  return code(
    `const r = await tools.${tool}(${JSON.stringify(argument)}); text(typeof r === 'string' ? r : (r?.output ?? JSON.stringify(r)));`,
  );
}

function wholePatch(lines: readonly string[]): string {
  return ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');
}
