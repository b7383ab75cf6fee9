/**
 * Takes the words that describe a place apart: the name itself and the areas said to hold it ("قرية X في ريف Y",
 * "X village, Y subdistrict", "село X в провинции Y"). Grammar only; knows no place.
 */
import { foldLetters } from './fold.ts';
import type { PlaceClass } from './model.ts';
import { bareWord, type Direction, roleOf, type WordRole } from './place-words.ts';
import { scriptOf } from './script.ts';

export interface Segment {
  /** The segment as written, then without its directions, without its words of kind, and the name alone. */
  readonly forms: readonly string[];
  /** The name alone; may be empty. */
  readonly name: string;
  readonly kinds: readonly PlaceClass[];
  /** `at`: the place itself; `near`: about it; `off`: in a direction from it. */
  readonly relation: Relation;
}

export type Relation = 'at' | 'near' | 'off';

const MOST_WORDS = 24;
/** Between a place and the area that holds it, beyond words: commas, brackets, dashes with spaces. */
const BREAKS = /[,،;؛:()[\]«»"“”\n]| [-–—] |–|—/;
const POSSESSIVE = /^([^'’]{2,40})['’]s +(.+)$/;

interface Word {
  readonly text: string;
  readonly role: WordRole['role'];
}

interface Draft {
  readonly words: Word[];
  kinds: readonly PlaceClass[];
  direction: Direction | undefined;
  relation: Relation;
}

const draftOf = (relation: Relation): Draft => ({ words: [], kinds: [], direction: undefined, relation });

const textOf = (words: readonly Word[], left: readonly WordRole['role'][]): string =>
  words
    .filter(({ role }) => !left.includes(role))
    .map(({ text }) => text)
    .join(' ');

/** One segment that is known already, as `takeApart` would give it. */
export function segmentOf(name: string, relation: Relation = 'at'): Segment {
  return { forms: [name], name, kinds: [], relation };
}

function finish({ words, kinds, relation }: Draft): Segment {
  const name = textOf(words, ['direction', 'kind', 'open', 'filler']);
  const forms = [
    textOf(words, []),
    textOf(words, ['filler']),
    textOf(words, ['direction', 'filler']),
    textOf(words, ['kind', 'open', 'filler']),
    name,
  ];
  return { forms: [...new Set(forms.filter((form) => form !== ''))], name, kinds, relation };
}

/** Reads words one by one. Arabic and Russian put the word of kind before the name, English after it. */
class Reader {
  readonly segments: Segment[] = [];
  private readonly kindFirst: boolean;
  private draft = draftOf('at');
  /** English: the kind has closed the name, the next name is another place. */
  private closed = false;
  /** A direction came after the name: of this place (ريف حلب الجنوبي) or from the next one (شمال حماة)? */
  private turned = false;

  constructor(kindFirst: boolean) {
    this.kindFirst = kindFirst;
  }

  close(relation: Relation = 'at'): void {
    if (this.draft.words.length > 0) this.segments.push(finish(this.draft));
    this.draft = draftOf(relation);
    this.closed = false;
    this.turned = false;
  }

  read(raw: string): void {
    const letters = foldLetters(raw);
    if (letters === '') return;
    const role = roleOf(letters);
    const text = bareWord(letters) === letters ? raw : raw.slice(1);
    const named = this.draft.words.some((word) => word.role === 'name');
    if (role.role === 'joint') this.joint(named);
    else if (role.role === 'near') {
      if (named) this.close('near');
      else this.draft.relation = 'near';
    } else {
      if (this.turned && (role.role === 'name' || role.role === 'kind')) this.turn();
      else if (role.role === 'kind' && this.kindFirst && named) this.close();
      else if (this.closed && role.role === 'name') this.close();
      this.draft.words.push({ text, role: role.role });
      if (role.role === 'kind') {
        this.draft.kinds = role.kind;
        this.closed = !this.kindFirst && named;
      } else if (role.role === 'direction') {
        this.draft.direction = role.direction;
        this.turned = named;
      }
    }
  }

  /** "town of X": the kind waits for its name; "X east of Y", "X in Y": another place begins. */
  private joint(named: boolean): void {
    if (this.turned) this.turn();
    else if (named) this.close();
    else if (this.draft.direction !== undefined) this.draft.relation = 'off';
  }

  /** The direction read last belongs to the place that comes now. */
  private turn(): void {
    const last = this.draft.words.findLastIndex((word) => word.role === 'direction');
    this.draft.words.splice(last, 1);
    this.close('off');
  }
}

/** Segments from the place itself outwards; none for a text without a letter. */
export function takeApart(text: string): readonly Segment[] {
  const possessive = POSSESSIVE.exec(text);
  if (possessive !== null) return [...takeApart(possessive[2] ?? ''), ...takeApart(possessive[1] ?? '')];
  return text.split(BREAKS).flatMap((part) => {
    const reader = new Reader(scriptOf(part) !== 'latin');
    for (const word of part.trim().split(/\s+/).slice(0, MOST_WORDS)) reader.read(word);
    reader.close();
    return reader.segments;
  });
}

const CONJUNCTIONS = new Set(['and', 'и', 'و', 'to']);

/**
 * Several places on one line: "between X and Y", "بين X وY", "между X и Y", "X-Y road". Names in order, or undefined
 * when the words are not of that kind.
 */
export function endsOf(text: string): readonly string[] | undefined {
  const words = text.split(/\s+/).slice(0, MOST_WORDS);
  const between = words.findIndex((word) => ['between', 'بين', 'между'].includes(foldLetters(word)));
  if (between >= 0) {
    const rest = words.slice(between + 1);
    const at = rest.findIndex((word) => CONJUNCTIONS.has(foldLetters(word)));
    if (at > 0) return [rest.slice(0, at).join(' '), rest.slice(at + 1).join(' ')];
    const clung = rest.findIndex((word, index) => index > 0 && word.startsWith('و') && word.length > 3);
    return clung > 0
      ? [rest.slice(0, clung).join(' '), [(rest[clung] ?? '').slice(1), ...rest.slice(clung + 1)].join(' ')]
      : undefined;
  }
  const names = textOf(
    words.map((word) => ({ text: word, role: roleOf(foldLetters(word)).role })),
    ['kind', 'open', 'filler', 'near'],
  );
  const parts = names.split(/[-–—]/).map((part) => part.trim());
  return parts.length >= 2 && parts.length <= 4 && parts.every((part) => part.length >= 3) ? parts : undefined;
}
