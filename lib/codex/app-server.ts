/** A conversation with the client's own `codex app-server`. Owns the process and the wire; what is asked is for the callers to say. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { HostError } from '../types/errors.ts';

export interface AppServerOptions {
  /** Absolute path of the client. */
  readonly codexPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Words before `app-server`, as `-c features.apps=false`. */
  readonly args?: readonly string[];
  /** Longest wait for one answer, in milliseconds (30 s). */
  readonly timeoutMs?: number;
  /** Answers the client's own questions, such as approvals; undefined, and without it, refuses them. */
  readonly answer?: (method: string, params: unknown) => unknown;
}

/** Something that the client tells without being asked. */
export interface Notification {
  readonly method: string;
  readonly params: unknown;
}

export interface AppServer {
  /** The client's home, symbolic links resolved. */
  readonly codexHome: string;
  /**
   * Asks, and waits for the answer's `result`.
   *
   * @throws HostError when the client refuses, ends, or misses its deadline, which ends it
   */
  readonly request: (method: string, params?: unknown) => Promise<unknown>;
  /** What was told so far, in order. */
  readonly notifications: readonly Notification[];
  /**
   * The first notification, told already or yet to come, that `wants` takes.
   *
   * @throws HostError as `request` does
   */
  readonly waitFor: (wants: (told: Notification) => boolean, timeoutMs?: number) => Promise<Notification>;
  /** Ends the client and everything that it started. Never throws; may be called twice. */
  readonly close: () => Promise<void>;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
}

interface Waiting {
  /** True when the message is what was waited for; it is waited for no more then. */
  readonly take: (message: Message) => boolean;
  readonly fail: (error: HostError) => void;
}

const TIMEOUT_MS = 30_000;
/** The client is given this long to end by itself when its input ends. */
const CLOSE_MS = 2_000;
/** Time for what it said before it ended. */
const LAST_WORDS_MS = 200;
/** More than any answer that is asked for here; a client that says more has gone wrong. */
const MAX_OUTPUT = 64 * 1024 * 1024;
const MAX_STDERR = 4_000;
/** The client lists every method it has when it does not know one. */
const MAX_REASON = 400;

/**
 * Starts the client's app-server and introduces itself. It gets no terminal and none of this process's streams.
 *
 * @throws HostError when it does not start or does not answer
 */
export async function openAppServer(options: AppServerOptions): Promise<AppServer> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const wire = openWire(options);
  try {
    const hello = (await wire.request(timeoutMs, 'initialize', {
      clientInfo: { name: 'codex-guard', title: 'codex-guard', version: '1' },
      capabilities: { experimentalApi: true, requestAttestation: false },
    })) as { codexHome: string };
    wire.send({ method: 'initialized' });
    return {
      codexHome: hello.codexHome,
      request: (method, params) => wire.request(timeoutMs, method, params),
      notifications: wire.notifications,
      waitFor: (wants, limitMs = timeoutMs) => wire.waitFor(limitMs, wants),
      close: wire.close,
    };
  } catch (error) {
    await wire.close();
    throw error;
  }
}

function openWire({ codexPath, env, cwd, args = [], answer }: AppServerOptions) {
  // The leader of a process group of its own, so that all of it can be ended.
  const child = spawn(codexPath, [...args, 'app-server'], { cwd, env, stdio: 'pipe', detached: true });
  const notifications: Notification[] = [];
  const waiting = new Set<Waiting>();
  let lastId = 0;
  let end: HostError | undefined;
  let errors = '';

  function stop(why: string): void {
    const said = errors.trim().split('\n').at(-1) ?? '';
    end ??= new HostError(`codex app-server ${why}${said === '' ? '' : `: ${said}`}`);
    for (const { fail } of waiting) fail(end);
    waiting.clear();
    killGroup(child);
  }
  function send(message: object): void {
    if (child.stdin.writable) child.stdin.write(`${JSON.stringify(message)}\n`);
  }
  function receive(message: Message): void {
    const { id, method, params } = message;
    if (method !== undefined && id === undefined) notifications.push({ method, params });
    if (method !== undefined && id !== undefined) {
      const result = answer?.(method, params);
      send({
        id,
        ...(result === undefined ? { error: { code: -32601, message: 'not answered' } } : { result }),
      });
      return;
    }
    for (const one of waiting) if (one.take(message)) waiting.delete(one);
  }
  function wait<T>(limitMs: number, what: string, take: (message: Message, done: Settle<T>) => boolean) {
    return new Promise<T>((resolve, reject) => {
      if (end) return reject(end);
      const timer = setTimeout(() => stop(`did not answer ${what} within ${limitMs} ms`), limitMs);
      const finish =
        <V>(settle: (value: V) => void) =>
        (value: V) => {
          clearTimeout(timer);
          settle(value);
        };
      const done = { resolve: finish(resolve), reject: finish(reject) };
      waiting.add({ take: (message) => take(message, done), fail: done.reject });
    });
  }

  child.on('error', ({ message }) => stop(`does not start (${message})`));
  child.on('exit', (code, signal) => {
    const tell = () => stop(`ended (${signal ?? `exit code ${code}`})`);
    // Its last words may still be on their way; something that it started may keep the stream open for good.
    if (child.stderr.closed) return tell();
    const wait = setTimeout(tell, LAST_WORDS_MS);
    child.stderr.once('close', () => {
      clearTimeout(wait);
      tell();
    });
  });
  child.stdin.on('error', () => undefined); // its end is told by the events above
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-MAX_STDERR);
  });
  readLines(child, receive, stop);

  return {
    notifications,
    send,
    request(limitMs: number, method: string, params: unknown = {}): Promise<unknown> {
      const id = ++lastId;
      send({ id, method, params });
      return wait<unknown>(limitMs, method, (message, { resolve, reject }) => {
        if (message.id !== id || message.method !== undefined) return false;
        if (message.error) reject(refusal(method, message.error.message));
        else resolve(message.result);
        return true;
      });
    },
    async waitFor(limitMs: number, wants: (told: Notification) => boolean): Promise<Notification> {
      const known = notifications.find(wants);
      if (known !== undefined) return known;
      return wait<Notification>(limitMs, 'as expected', ({ id, method, params }, { resolve }) => {
        if (method === undefined || id !== undefined || !wants({ method, params })) return false;
        resolve({ method, params });
        return true;
      });
    },
    close: () => closeChild(child),
  };
}

interface Settle<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: HostError) => void;
}

/** One JSON object a line; lines that are none are the client's own chatter. */
function readLines(
  child: ChildProcessWithoutNullStreams,
  receive: (message: Message) => void,
  stop: (why: string) => void,
): void {
  const parts: string[] = [];
  let total = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    total += text.length;
    if (total > MAX_OUTPUT) return stop('says far too much');
    const lines = text.split('\n');
    parts.push(lines.shift() as string);
    for (const rest of lines) {
      const message = readMessage(parts.splice(0).join(''));
      parts.push(rest);
      if (message !== undefined) receive(message);
    }
  });
}

function readMessage(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function refusal(method: string, reason = 'no reason given'): HostError {
  return new HostError(`codex refuses ${method}: ${reason.slice(0, MAX_REASON)}`);
}

function closeChild(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      killGroup(child);
      resolve();
    };
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return finish();
    const timer = setTimeout(finish, CLOSE_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      finish();
    });
    child.stdin.end();
  });
}

function killGroup({ pid }: ChildProcessWithoutNullStreams): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
