import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRepository } from './support/needs.ts';

/** Declarations that know left from right, and so would stand wrong in Arabic. */
const PHYSICAL =
  /(?:^|[;{\s])((?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b/gm;
const OUTSIDE = /url\(\s*['"]?(?:https?:)?\/\//;

function files(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path, pattern);
    return pattern.test(entry.name) ? [path] : [];
  });
}

const sheets = [...files(inRepository('web'), /\.css$/), ...files(inRepository('src'), /\.css$/)];
const components = files(inRepository('web'), /\.tsx$/);

describe('style sheets', () => {
  it('exist', () => {
    expect(sheets.length).toBeGreaterThan(10);
  });

  it('know no left and no right', () => {
    const found = sheets.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(PHYSICAL)].map(
        (match) => `${relative(inRepository(''), file)}: ${match[0].trim()}`,
      ),
    );
    expect(found).toEqual([]);
  });

  it('call no outside host', () => {
    expect(sheets.filter((file) => OUTSIDE.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('are not gone round by inline styles', () => {
    const inline =
      /\b(?:marginLeft|marginRight|paddingLeft|paddingRight|borderLeft|borderRight|textAlign)\b|style=\{\{[^}]*\b(?:left|right)\s*:/;
    expect(components.filter((file) => inline.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('would be caught: the rule sees what it is for', () => {
    const bad = [
      'a { left: 0 }',
      'a{margin-left:1px}',
      'b { text-align: right; }',
      'c {\n  border-top-left-radius: 2px;\n}',
    ];
    for (const css of bad) expect(css.match(PHYSICAL), css).not.toBeNull();
    expect('a { inset-inline-start: 0; background: linear-gradient(to right, red, blue) }'.match(PHYSICAL)).toBeNull();
  });
});
