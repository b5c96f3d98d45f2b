/** Files as people have them, for install and uninstall to leave as they were: bytes that come back, and bytes that are refused. */

import { wiringEntries } from '../../lib/codex/wiring.ts';

const hook = { type: 'command', command: 'audit --all', timeout: 5 };
const groups = {
  PreToolUse: [{ matcher: 'Bash', hooks: [hook, { type: 'prompt' }] }],
  Stop: [{ hooks: [hook] }],
};
const file = { description: 'ours', hooks: groups };
const inEvent = (value: unknown) => JSON.stringify({ hooks: { Stop: [{ hooks: [value] }] } });

/** hooks.json that is wired and given back to the byte. */
export const KEPT: readonly (readonly [string, string])[] = [
  ['two spaces', `${JSON.stringify(file, null, 2)}\n`],
  ['four spaces and no final newline', JSON.stringify(file, null, 4)],
  ['tabs', `${JSON.stringify(file, null, '\t')}\n\n`],
  ['everything on one line', JSON.stringify(file)],
  ['CRLF', `${JSON.stringify(file, null, 2)}\n`.replaceAll('\n', '\r\n')],
  ['an empty object', '{}'],
  ['an empty object over lines', '{\n}\n'],
  ['no hooks', '{\n  "description": "x"\n}\n'],
  ['empty hooks', '{"hooks":{}}'],
  ['empty lists', '{\n  "hooks": {\n    "PreToolUse": [\n    ],\n    "Stop": [ ]\n  }\n}\n'],
  ['an MCP hook', inEvent({ type: 'mcp_tool', server: 's', tool: 't' })],
  ['an agent hook', inEvent({ type: 'agent' })],
  ['fields of later versions', inEvent({ ...hook, shiny: [1, { a: null }] })],
  ['an event that nobody knows', '{"hooks":{"Notification":[{"hooks":7}]}}'],
  ['hooks for Windows', inEvent({ ...hook, commandWindows: 'audit.exe' })],
  ['other scripts and escapes', '{"description":"\\u00e9 é \\" 日本 \\ud83d\\ude00","hooks":{}}'],
  ['a hook that mentions us', inEvent({ ...hook, command: 'echo codex-guard hooks/stop.cjs' })],
  ['three hundred hooks', JSON.stringify({ hooks: { Stop: Array(300).fill({ hooks: [hook] }) } }, null, 1)],
  ['blanks around', ' \n {\n  "hooks": {}\n} \n '],
];

/** hooks.json that is refused, each with what the error says. */
export const REFUSED: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ['broken JSON', '{ "hooks": ', /not valid JSON/],
  ['nothing', '', /empty/],
  ['a byte order mark', '\uFEFF{}', /byte order mark/],
  ['comments', '{ // mine\n "hooks": {} }', /comments/],
  ['a trailing comma', '{"hooks":{},}', /not valid JSON/],
  ['an unknown key', '{ "$schema": "x", "hooks": {} }', /unknown key "\$schema"/],
  ['an unknown type', inEvent({ type: 'webhook', url: 'x' }), /type is none of/],
  ['milliseconds with a fraction', inEvent({ ...hook, timeout: 0.5 }), /not a whole number/],
  ['a list', '[]', /not a JSON object/],
  ['merge conflicts', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n', /not valid JSON/],
  ['bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), /not UTF-8/],
  ['two megabytes', `{"description":"${'x'.repeat(2_000_000)}"}`, /more than/],
];

/** hooks.json with our wiring of an earlier installation, in another place. */
export const FORMER = JSON.stringify(
  {
    hooks: Object.fromEntries(
      wiringEntries({ nodePath: '/gone/node', hooksDir: '/gone/hooks' }).map(({ event, handler }) => [
        event,
        [{ hooks: [handler] }, { hooks: [hook] }],
      ]),
    ),
  },
  null,
  2,
);

/** config.toml that the client writes trust into, and that is given back to the byte. */
export const CONFIGS: readonly (readonly [string, string | undefined])[] = [
  ['none', undefined],
  ['an empty one', ''],
  ['comments', '# top\nmodel = "gpt-5.5"   # why\n\n# between\n[features] # f\nplugins = false\n# end\n'],
  ['no final newline', 'model = "gpt-5.5"'],
  ['CRLF', 'model = "gpt-5.5"\r\n\r\n[features]\r\nplugins = false\r\n'],
  ['a byte order mark', '\uFEFFmodel = "gpt-5.5"\n'],
  ['trust of others', '[hooks.state."/x:stop:0:0"]\ntrusted_hash = "sha256:aa" # mine\n\n# next\n[tui]\n'],
  ['state in an inline table', '[hooks]\nstate = { "/x:stop:0:0" = { trusted_hash = "sha256:aa" } }\n'],
  ['state in dotted keys', 'hooks.state."/x:stop:0:0".trusted_hash = "sha256:aa"\n'],
  ['hooks of others', '[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = "true"\n'],
  [
    'tabs, long texts and lists',
    '\tmodel\t=\t"x"\nnotify = [\n  "a", # ]\n]\ndeveloper_instructions = """\n[a]\n"""\n',
  ],
];
