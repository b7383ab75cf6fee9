/**
 * Case forms of Russian names, so that «Лаврову» or «де Мистуры» is known for the person named in the lexicon. Only
 * forms of names already listed or read are made; it never guesses that a word is a name.
 */

const CONSONANT = /[бвгджзклмнпрстфхцчшщ]$/;

const cases = (stem: string, ...endings: string[]): string[][] =>
  endings.map((variants) => variants.split('/').map((ending) => stem + ending));

/** The forms of a folded name by case: nominative, genitive, dative, instrumental, locative, accusative. */
export function nameCases(name: string): string[][] {
  if (/(ов|ев|ин|ын)$/.test(name) && name.length > 4) return cases(name, '', 'а', 'у', 'ым', 'е', 'а');
  if (/(ова|ева|ина|ына)$/.test(name)) return cases(name.slice(0, -1), 'а', 'ой', 'ой', 'ой', 'ой', 'у');
  if (/[кд](ий|ой)$/.test(name)) {
    return cases(name.slice(0, -2), name.slice(-2), 'ого', 'ому', 'им/ым', 'ом', 'ого');
  }
  if (/[ая]$/.test(name)) {
    return cases(name.slice(0, -1), name.slice(-1), 'ы/и', 'е/и', 'ой/ей', 'е/и', 'у/ю');
  }
  if (/[йь]$/.test(name)) return cases(name.slice(0, -1), name.slice(-1), 'я', 'ю', 'ем', 'е', 'я');
  if (CONSONANT.test(name)) return cases(name, '', 'а', 'у', 'ом/ем', 'е', 'а');
  return cases(name, '', '', '', '', '', '');
}

/** Every form of a full name, each word in the same case. */
export function fullNameForms(name: string): string[] {
  const words = name.toLowerCase().replaceAll('ё', 'е').split(/[ -]/).map(nameCases);
  const forms = new Set<string>([name]);
  for (let at = 0; at < 6; at++) {
    let joined = [''];
    for (const word of words) {
      joined = joined.flatMap((start) => (word[at] ?? []).map((form) => (start === '' ? form : `${start} ${form}`)));
    }
    for (const form of joined) forms.add(form);
  }
  return [...forms];
}

/** A likely nominative of a folded surname in an oblique case, for names read after an office; else the word itself. */
export function likelyNominative(word: string): string {
  if (word.length > 6 && /(ов|ев|ин|ын)(а|у|ым|е)$/.test(word)) return word.replace(/(ым|[ауе])$/, '');
  return word;
}
