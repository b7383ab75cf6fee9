/**
 * The kinds of lexicon entries: what each is for and how its forms match. A kind belongs to the stage that reads it; add
 * yours under the stage's heading.
 */

export interface KindRule {
  /** What the value column means. */
  readonly value: string;
  /** Arabic pronouns may follow (قواته for قوات). */
  readonly suffixes?: boolean;
  /** No stems: only the listed form itself, folded. */
  readonly exact?: boolean;
  /** Marks of this kind may overlap; otherwise leftmost-longest. */
  readonly overlaps?: boolean;
}

const KINDS = {
  // numbers and figures
  unit: {
    value: 'a figure unit: deaths, injured, displaced, missing, detained, strikes, violations …',
    suffixes: true,
  },
} as const satisfies Readonly<Record<string, KindRule>>;

export type LexiconKind = keyof typeof KINDS;
export const LEXICON_KINDS: Readonly<Record<LexiconKind, KindRule>> = KINDS;
export const isLexiconKind = (kind: string): kind is LexiconKind => Object.hasOwn(KINDS, kind);
