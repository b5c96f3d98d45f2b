/** Ways to reach the same effect by other syntax. Every denied command must stay denied inside each of them. */

import { quote } from 'shell-quote';

const quoted = (text: string): string =>
  text.includes('\n') ? `'${text.replaceAll("'", `'"'"'`)}'` : quote([text]);

/** A delimiter that an inner here-document does not have. */
const end = (command: string): string => `CODEX_GUARD_END_${command.length}`;

export const WRAPPINGS: Readonly<Record<string, (command: string) => string>> = {
  'bash -c': (command) => `bash -c ${quoted(command)}`,
  'sudo sh -c': (command) => `sudo sh -c ${quoted(command)}`,
  'env bash -c': (command) => `env -u X A=1 bash -lc ${quoted(command)}`,
  xargs: (command) => `xargs -0 -n1 bash -c ${quoted(command)} < /dev/null`,
  'a list': (command) => `true && { ${command}\n}`,
  'a here-document': (command) => `bash <<'${end(command)}'\n${command}\n${end(command)}`,
  'a substitution': (command) => `x=$(\n${command}\n)`,
  'a function': (command) => `f() {\n${command}\n}\nf`,
  'a script file': (command) =>
    `cat > /tmp/codex-guard-script.sh <<'${end(command)}'\n${command}\n${end(command)}\nbash /tmp/codex-guard-script.sh`,
  eval: (command) => `eval ${quoted(command)}`,
  'a variable': (command) => `code=${quoted(command)}; bash -c "$code"`,
  'a branch': (command) => `if [ -n "$Q" ]; then\n${command}\nfi`,
};
