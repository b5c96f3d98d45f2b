/**
 * The command that Windows runs in the place of the POSIX one, in a hooks.json that a team shares. Which shell the client starts
 * there is not documented, so the command is free of quotes and of characters that cmd or PowerShell would take for their own.
 */

export interface WindowsHook {
  /** As in wiring.ts. */
  readonly where: 'shared' | 'plugin';
  /** Base name of the hook program. */
  readonly program: string;
  readonly failsClosed: boolean;
  /** What to say when it gives no answer, with `%s` for the exit code. */
  readonly message: string;
  /** Variables that must not reach Node. */
  readonly unset: readonly string[];
}

/** Sets `$h`, the folder that has `hooks` in it. */
const FIND_HOME = {
  shared:
    "  $h = $env:CODEX_GUARD_HOME; if (-not $h) { $d = $env:CODEX_HOME; if (-not $d) { $d = $env:USERPROFILE + '\\.codex' }; $h = $d + '\\guard' }",
  plugin: '  $h = $env:PLUGIN_ROOT',
};

/** `powershell.exe` and the script, encoded as its `-EncodedCommand` wants it: base64 of UTF-16. */
export function windowsCommand(hook: WindowsHook): string {
  const encoded = Buffer.from(windowsScript(hook), 'utf16le').toString('base64');
  return `powershell.exe -NoProfile -NonInteractive -EncodedCommand ${encoded}`;
}

/**
 * Runs the program with this process's own streams. Exit codes 0 and 2 pass; everything else (no Node, no program, a crash) refuses,
 * or lets go where a failure must. Written for PowerShell 5.1, which Windows has.
 */
export function windowsScript({ where, program, failsClosed, message, unset }: WindowsHook): string {
  const give = failsClosed ? '[Console]::Error.Write($m); exit 2' : '[Console]::Out.Write($m); exit 0';
  return [
    "$c = 'none'",
    'try {',
    "  $ErrorActionPreference = 'Stop'",
    `  foreach ($n in ${unset.map(quote).join(',')}) { [Environment]::SetEnvironmentVariable($n, $null) }`,
    FIND_HOME[where],
    '  $s = New-Object Diagnostics.ProcessStartInfo',
    "  $s.FileName = 'node.exe'",
    `  $s.Arguments = '"' + $h + ${quote(`\\hooks\\${program}.cjs`)} + '"'`,
    '  $s.UseShellExecute = $false',
    '  $p = [Diagnostics.Process]::Start($s)',
    '  $p.WaitForExit()',
    '  $c = $p.ExitCode',
    '} catch { }',
    'if ($c -is [int] -and ($c -eq 0 -or $c -eq 2)) { exit $c }',
    `$m = ${quote(message)}.Replace('%s', [string]$c)`,
    give,
  ].join('\n');
}

/** A PowerShell string that takes everything as it is. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
