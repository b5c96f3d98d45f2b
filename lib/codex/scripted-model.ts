/** A model that says what it is told to: the Responses API on a free port of 127.0.0.1. Knows nothing of hooks. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One thing that the model says or calls, as the API's output items have it. */
export type Item = Readonly<Record<string, unknown>> & { readonly type: string };
/** What a request brought, for steps that depend on it: ids of sessions and sub-agents. */
export interface ModelRequest {
  readonly input: readonly Item[];
  readonly tools: readonly Readonly<Record<string, unknown>>[];
  /** The whole body as text. */
  readonly text: string;
  /** When it came, and was answered: milliseconds since 1970. */
  readonly time: number;
}
/** All that the model answers to one request. */
export type Turn = readonly (Item | ((request: ModelRequest) => Item))[];

/** Another script for the requests that `match` picks, for example those of a sub-agent. */
export interface Route {
  readonly match: string;
  readonly turns: readonly Turn[];
}

export interface ScriptedModel {
  readonly baseUrl: string;
  readonly requests: readonly ModelRequest[];
  /** What was answered, in order. */
  readonly answers: readonly (readonly Item[])[];
  readonly close: () => Promise<void>;
}

let count = 0;
const nextId = (prefix: string): string => `${prefix}_${++count}`;

/** The model says something, which ends its turn. */
export function say(text: string): Item {
  const content = [{ type: 'output_text', text, annotations: [] }];
  return { type: 'message', id: nextId('msg'), role: 'assistant', content };
}

/** A call of a tool that takes JSON; MCP and sub-agent tools live in a namespace. */
export function call(name: string, args: unknown, namespace?: string): Item {
  return {
    type: 'function_call',
    id: nextId('fc'),
    call_id: nextId('call'),
    name,
    ...(namespace === undefined ? {} : { namespace }),
    arguments: JSON.stringify(args),
  };
}

/** A shell command, as models with classic tools run it. */
export function shell(cmd: string, more: Readonly<Record<string, unknown>> = {}): Item {
  return call('exec_command', { cmd, ...more });
}

/** A patch, as models with classic tools apply it. */
export function patch(...lines: readonly string[]): Item {
  return custom('apply_patch', ['*** Begin Patch', ...lines, '*** End Patch'].join('\n'));
}

/** JavaScript, as models in code mode run it: `await tools.exec_command({ cmd })`, `text(…)`. */
export function code(javascript: string): Item {
  return { ...custom('exec', javascript), namespace: 'functions' };
}

function custom(name: string, input: string): Item {
  return {
    type: 'custom_tool_call',
    id: nextId('ctc'),
    call_id: nextId('call'),
    name,
    input,
    status: 'completed',
  };
}

/** Starts the model. A script that has run out says a closing line. */
export async function startModel(
  turns: readonly Turn[],
  routes: readonly Route[] = [],
): Promise<ScriptedModel> {
  const requests: ModelRequest[] = [];
  const answers: (readonly Item[])[] = [];
  const main = [...turns];
  const others = routes.map(({ match, turns }) => ({ match, turns: [...turns] }));
  const sockets = new Set<Socket>();

  const server = createServer((incoming, response) => {
    void readBody(incoming).then((text) => {
      if (incoming.method !== 'POST' || !incoming.url?.startsWith('/v1/responses'))
        return sendJson(response, incoming.url?.startsWith('/v1/models') ? { object: 'list', data: [] } : {});
      const { input = [], tools = [] } = JSON.parse(text) as Partial<ModelRequest>;
      const request = { input, tools, text, time: Date.now() };
      const script = others.find(({ match }) => text.includes(match))?.turns ?? main;
      const turn = script.shift() ?? [say('the script is over')];
      const items = turn.map((step) => (typeof step === 'function' ? step(request) : step));
      requests.push(request);
      answers.push(items);
      sendAnswer(response, items);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    answers,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** The event stream of one finished response. */
function sendAnswer(response: ServerResponse, output: readonly Item[]): void {
  const id = nextId('resp');
  const usage = {
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 10,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 110,
  };
  const send = (type: string, fields: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  send('response.created', { response: { id } });
  for (const [output_index, item] of output.entries()) {
    send('response.output_item.added', { output_index, item });
    send('response.output_item.done', { output_index, item });
  }
  send('response.completed', { response: { id, usage, output } });
  response.end();
}
