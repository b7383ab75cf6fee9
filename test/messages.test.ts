import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import {
  EVENT_TYPES,
  LANGS,
  type Lang,
  PRECISION_RADIUS_METRES,
  PRECISIONS,
  SOURCE_KINDS,
  TARGETS,
} from '../src/core/index.ts';
import { inRepository } from './support/needs.ts';

const catalogues = Object.fromEntries(
  LANGS.map((lang) => [lang, JSON.parse(readFileSync(inRepository(`locales/${lang}.json`), 'utf8'))]),
) as Record<Lang, Record<string, string>>;

const keys = Object.keys(catalogues.ar);

const sources = ['web', 'src'].flatMap((folder) => filesUnder(inRepository(folder)));
const text = sources.map((file) => readFileSync(file, 'utf8')).join('\n');

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Literal keys in the code, and the fixed beginnings of keys that end in a code: `code.type.${…}`. */
const literal = new Set(
  [...text.matchAll(/['"`]([a-z][A-Za-z]*(?:\.[A-Za-z0-9_-]+)+)['"`]/g)].map((match) => match[1]),
);
const beginnings = [
  ...new Set([...text.matchAll(/`([a-z][A-Za-z]*(?:\.[A-Za-z0-9_-]+)*\.)\$\{/g)].map((match) => match[1] ?? '')),
];

/** Names of the arguments a message takes. */
function argumentsOf(message: string, lang: Lang): string[] {
  const names = new Set<string>();
  const walk = (
    parts: readonly { type: number; value?: string; options?: Record<string, { value: readonly never[] }> }[],
  ) => {
    for (const part of parts) {
      if (part.type > 0 && part.type < 7 && part.value) names.add(part.value);
      for (const option of Object.values(part.options ?? {})) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, lang).getAst() as never);
  return [...names].sort();
}

describe('the messages', () => {
  it.each(LANGS)('are the same set in %s as in Arabic', (lang) => {
    expect(Object.keys(catalogues[lang]).sort()).toEqual([...keys].sort());
  });

  it.each(LANGS)('are sound ICU messages in %s and take the arguments that Arabic takes', (lang) => {
    for (const key of keys) {
      const message = catalogues[lang][key] ?? '';
      expect(message.trim(), `${lang} ${key}`).not.toBe('');
      expect(argumentsOf(message, lang), `${lang} ${key}`).toEqual(argumentsOf(catalogues.ar[key] ?? '', 'ar'));
    }
  });

  it('name every plural form that the language has', () => {
    for (const lang of LANGS) {
      const forms = new Intl.PluralRules(lang).resolvedOptions().pluralCategories;
      for (const [key, message] of Object.entries(catalogues[lang])) {
        const plural = /\{\w+, plural,/.test(message);
        if (!plural) continue;
        // Zero may be left to "other" where the sentence is never said of nothing; Russian fractions likewise.
        for (const form of forms.filter((one) => one !== 'zero')) {
          expect(message.includes(`${form} {`), `${lang} ${key} lacks ${form}`).toBe(true);
        }
      }
    }
  });

  it('are all used, and every key in the code exists', () => {
    const unused = keys.filter(
      (key) => !literal.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
    const rooms = new Set(keys.map((key) => key.split('.')[0]));
    const missing = [...text.matchAll(/\bt\(\s*'([^']+)'/g)]
      .map((match) => match[1] ?? '')
      .filter((key) => rooms.has(key.split('.')[0]) && !keys.includes(key));
    expect(missing).toEqual([]);
  });

  it('exist for every code that may come up at run time', () => {
    const codes = [
      ...EVENT_TYPES.map((type) => `code.type.${type}`),
      ...PRECISIONS.map((precision) => `code.precision.${precision}`),
      ...TARGETS.map((target) => `code.target.${target}`),
      ...SOURCE_KINDS.map((kind) => `code.sourceKind.${kind}`),
    ];
    expect(codes.filter((key) => !keys.includes(key))).toEqual([]);
  });

  it.each(LANGS)('give the radius of a precision class in %s as the code has it', (lang) => {
    for (const precision of PRECISIONS) {
      const said = /\((\d+)[\s\u00a0](\S+)\)/.exec(catalogues[lang][`code.precision.${precision}`] ?? '');
      if (!said) continue;
      const metres = Number(said[1]) * (/^(كم|km|км)$/.test(said[2] ?? '') ? 1_000 : 1);
      expect([precision, metres]).toEqual([precision, PRECISION_RADIUS_METRES[precision]]);
    }
  });
});
