/** What a reader likes, kept in this browser only: language, light or dark, digits, month names. Never sent anywhere. */
import { isLang, type Lang } from '../../src/core/index.ts';

export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly digits: 'western' | 'arabic';
  readonly months: 'common' | 'levantine';
}

export const DEFAULT_PREFERENCES: Preferences = { theme: 'system', digits: 'western', months: 'common' };

const LANG_KEY = 'hudna.lang';
const PREFERENCES_KEY = 'hudna.preferences';

/** The remembered language, or Arabic. Storage may be closed (private windows): then nothing is remembered. */
export function rememberedLang(): Lang {
  const value = read(LANG_KEY);
  return isLang(value) ? value : 'ar';
}

export const rememberLang = (lang: Lang): void => write(LANG_KEY, lang);

export function rememberedPreferences(): Preferences {
  try {
    const value: unknown = JSON.parse(read(PREFERENCES_KEY) ?? '{}');
    return parsePreferences(value);
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

export const rememberPreferences = (preferences: Preferences): void =>
  write(PREFERENCES_KEY, JSON.stringify(preferences));

/** Anything stored is hostile: what is not one of ours becomes the default. */
export function parsePreferences(value: unknown): Preferences {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return {
    theme: given.theme === 'light' || given.theme === 'dark' ? given.theme : 'system',
    digits: given.digits === 'arabic' ? 'arabic' : 'western',
    months: given.months === 'levantine' ? 'levantine' : 'common',
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing is remembered; the page works all the same.
  }
}
