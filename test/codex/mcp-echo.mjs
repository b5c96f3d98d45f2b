/** A small MCP server on standard input and output: `echo` says its arguments, `reverse` its text backwards, `fail` reports an error. */

import { createInterface } from 'node:readline';

const hints = { readOnlyHint: true, destructiveHint: false, openWorldHint: false };
const anything = { type: 'object', properties: { text: { type: 'string' } } };
const tools = ['echo', 'reverse', 'fail'].map((name) => ({
  name,
  description: name,
  inputSchema: anything,
  annotations: hints,
}));

/** Results by method; every other request gets an empty one. */
const answers = {
  initialize: ({ protocolVersion = '2025-06-18' }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'echo', version: '1.0.0' },
  }),
  'tools/list': () => ({ tools }),
  'tools/call': ({ name, arguments: args }) => ({
    content: [
      {
        type: 'text',
        text: `${name} ${name === 'reverse' ? [...args.text].reverse().join('') : JSON.stringify(args)}`,
      },
    ],
    isError: name === 'fail',
  }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params = {} } = JSON.parse(line);
  if (id === undefined) return;
  const result = answers[method]?.(params) ?? {};
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
});
