/** Arabic words that cling to a name in writing (و ف ب ل ك): the spellings that may be left without them. */

const PROCLITICS = 'وفبلك';

/**
 * Spellings of a folded Arabic name without one or two proclitics, nearest first; the name itself is not among them.
 * `للرقه` gives `رقه` (the article is hidden in لل). Never cuts below three letters.
 */
export function withoutProclitics(folded: string): readonly string[] {
  const found: string[] = [];
  let rest = folded;
  for (let cut = 0; cut < 2; cut += 1) {
    const first = rest.split(' ')[0] ?? '';
    if (first.length < 4 || !PROCLITICS.includes(first.charAt(0))) break;
    const hidden = first.startsWith('لل') && first.length >= 5 ? 2 : 1;
    rest = rest.slice(hidden);
    found.push(rest.startsWith('ال') && (rest.split(' ')[0] ?? '').length >= 5 ? rest.slice(2) : rest);
  }
  return found;
}
