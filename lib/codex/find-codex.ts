/** Finds the client that a person would start, and asks it for its version. Starts nothing else of it. */

import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { HostError } from '../types/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const VERSION_TIMEOUT_MS = 20_000;

/** What npx puts in front of PATH: programs that the project has chosen. */
const PROJECT_FOLDER = /[\\/]node_modules[\\/]\.bin[\\/]*$/;

/**
 * Absolute path of the client: `CODEX_BIN`, or else the first `codex` of PATH. One of the project's own (`node_modules/.bin`) counts
 * when there is no other; relative folders never do.
 *
 * @throws HostError when `CODEX_BIN` is set and names no program: then somebody meant just that one
 */
export function findCodex(env: Environment): string | undefined {
  const given = env.CODEX_BIN;
  if (given) {
    if (isAbsolute(given) && isProgram(given)) return given;
    throw new HostError(`CODEX_BIN is ${given}, which is not the absolute path of a program`);
  }
  const name = process.platform === 'win32' ? 'codex.exe' : 'codex';
  const found = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => ({ path: join(folder, name), isOfProject: PROJECT_FOLDER.test(folder) }))
    .filter(({ path }) => isProgram(path));
  return (found.find(({ isOfProject }) => !isOfProject) ?? found[0])?.path;
}

/**
 * Version of a client: `0.169.0`.
 *
 * @throws HostError when it does not start or says something else
 */
export function codexVersion(codexPath: string, env: Environment): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, timeout: VERSION_TIMEOUT_MS, killSignal: 'SIGKILL', maxBuffer: 65_536 } as const;
    const child = execFile(codexPath, ['--version'], options, (error, stdout) => {
      const version = /^codex-cli (\S+)/m.exec(stdout)?.[1];
      if (version !== undefined) resolve(version);
      else
        reject(new HostError(`${codexPath} --version ${error ? `fails: ${error.message}` : 'gives none'}`));
    });
    child.stdin?.end();
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
