/** The proof: starts the client that is installed, with a person's own wiring and trust, and shows what is stopped. Touches nothing of theirs. */

import { streamAudit } from '../../audit/read.ts';
import { type ScriptedModel, startModel } from '../../codex/scripted-model.ts';
import type { Toolset } from '../../codex/toolset.ts';
import { type Cause, findCauses, isRefusal } from './causes.ts';
import { judgeScene, type Played, type SceneResult } from './judge-scene.ts';
import { type Mirror, mirrorSetup } from './mirror.ts';
import { closeLiveRooms, openLiveRooms } from './rooms.ts';
import { type ClientRun, runLiveClient } from './run-client.ts';
import { makeToken, writeScenes, writeTurns } from './scenes.ts';
import { uncoveredBy } from './uncovered.ts';

export interface LiveInput {
  /** Absolute path of the client. */
  readonly codexPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; the directory whose project's configuration counts. */
  readonly directory: string;
  /** Model to name to the client, whose tools depend on it; the person's own when left out. */
  readonly model?: string;
}

export interface LiveReport {
  /** True when every scene was stopped that the policy wants stopped. */
  readonly ok: boolean;
  readonly codex: string;
  /** `code`: the model runs JavaScript that calls the tools. */
  readonly tools?: Toolset['mode'];
  readonly policy: { readonly mode: string; readonly digest: string };
  readonly scenes: readonly SceneResult[];
  /** Likely causes when it is not ok. */
  readonly causes: readonly Cause[];
  /** What no hook of this client covers, whatever the scenes show. */
  readonly uncovered: readonly string[];
  /** Hooks of others, which did nothing in the proof. */
  readonly silenced: number;
  readonly durationMs: number;
}

/** In the prompt, to tell the session's own requests from others that a client may make. */
const MARKER = 'codex-guard live check';
/** One session takes a few seconds; two at most are played. */
const SESSION_MS = 28_000;

interface Session {
  readonly played: Played;
  readonly run: ClientRun;
  readonly mirror: Mirror;
  readonly scenes: readonly SceneResult[];
  readonly tools?: Toolset['mode'];
}

/**
 * Plays the scenes. Takes at most a minute; its processes and folders are gone when it ends, also by a signal.
 *
 * @throws HostError when git or the client cannot be started, InputError when the person's configuration cannot be read
 */
export async function proveLive(input: LiveInput): Promise<LiveReport> {
  const begin = Date.now();
  let session = await playSession(input, 'never');
  // Where running without approvals is forbidden, by a guard or by the company, the client runs with a reviewer.
  if (session.played.requests.length === 0 && !session.run.timedOut && isForbidden(session))
    session = await playSession(input, 'reviewed');
  const { scenes, mirror, run, played, tools } = session;
  return {
    ok:
      scenes.every(({ state }) => state === 'stopped' || state === 'off') &&
      scenes.some(({ state }) => state === 'stopped'),
    codex: input.codexPath,
    ...(tools === undefined ? {} : { tools }),
    policy: { mode: mirror.policy.mode, digest: mirror.policy.digest },
    scenes,
    causes: findCauses({ scenes, mirror, run, records: played.records, requests: played.requests.length }),
    uncovered: uncoveredBy(tools),
    silenced: mirror.silenced,
    durationMs: Date.now() - begin,
  };
}

function isForbidden({ run, played }: Session): boolean {
  const refused = played.records.filter(isRefusal);
  if (refused.length === 0) return run.exitCode !== 0 && run.hooks.length === 0;
  return refused.some(({ findings }) => findings.some(({ guard }) => guard === 'danger-mode'));
}

async function playSession(input: LiveInput, approvals: 'never' | 'reviewed'): Promise<Session> {
  const rooms = openLiveRooms();
  const abort = new AbortController();
  const release = onEnd(() => {
    abort.abort();
    closeLiveRooms(rooms);
  });
  let model: ScriptedModel | undefined;
  try {
    const mirror = mirrorSetup({ env: input.env, directory: input.directory, rooms });
    const token = makeToken();
    const scenes = writeScenes({ rooms, policy: mirror.policy, token });
    let tools: Toolset['mode'] | undefined;
    const turns = writeTurns(scenes, mirror.policy, (offered) => {
      tools = offered.mode;
    });
    model = await startModel([], [{ match: MARKER, turns: turns.map((turn) => [turn]) }]);
    const run = await runLiveClient({
      ...input,
      rooms,
      cwd: mirror.cwd,
      baseUrl: model.baseUrl,
      prompt: `This is the ${MARKER}.`,
      approvals,
      timeoutMs: SESSION_MS,
      signal: abort.signal,
    });
    const requests = model.requests.filter(({ text }) => text.includes(MARKER));
    const records = [...streamAudit({ guardHome: rooms.guardHome })];
    const played: Played = { rooms, token, policy: mirror.policy, requests, records, ended: Date.now() };
    // Between the scenes before the last and the last stands the step that makes its change.
    const judged = scenes.map((scene, n) => judgeScene(scene, n === scenes.length - 1 ? n + 1 : n, played));
    return { played, run, mirror, scenes: judged, ...(tools === undefined ? {} : { tools }) };
  } finally {
    await model?.close();
    closeLiveRooms(rooms);
    release();
  }
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Runs `clean` when this process is ended from outside. Returns a function that takes that back. */
function onEnd(clean: () => void): () => void {
  const takers = (Object.entries(SIGNALS) as [keyof typeof SIGNALS, number][]).map(([signal, code]) => {
    const take = (): void => {
      clean();
      process.exit(code);
    };
    process.once(signal, take);
    return [signal, take] as const;
  });
  process.once('exit', clean);
  return () => {
    for (const [signal, take] of takers) process.off(signal, take);
    process.off('exit', clean);
  };
}
