/** The room's words, from locales/*.json; `{name}` stands for a value. The only way a text for people is made here. */
import { existsSync, readFileSync } from 'node:fs';
import type { Lang } from '../core/index.ts';

const folder = [new URL('../../locales/', import.meta.url), new URL('../locales/', import.meta.url)].find((at) =>
  existsSync(at),
);
const loaded = new Map<Lang, Readonly<Record<string, string>>>();

function messages(lang: Lang): Readonly<Record<string, string>> {
  const known = loaded.get(lang);
  if (known) return known;
  if (!folder) throw new Error('the folder locales/ is missing from this installation');
  const read = JSON.parse(readFileSync(new URL(`${lang}.json`, folder), 'utf8')) as Record<string, string>;
  const own = Object.fromEntries(Object.entries(read).filter(([key]) => key.startsWith('airspace.')));
  loaded.set(lang, own);
  return own;
}

/** A text in a language; the key itself where it is missing, so that it shows. */
export function messageOf(lang: Lang, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = messages(lang)[key] ?? key;
  return text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Every text of the room in a language, for a page that works in the browser. */
export const allMessages = (lang: Lang): Readonly<Record<string, string>> => messages(lang);
