/** What a frame of speech is: a cue, who speaks, and the tokens of what is said. Types shared by the languages. */
import type { Party } from '../actors/parties.ts';
import type { StatementAct } from '../model.ts';
import type { CueHit } from './cue-words.ts';

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Frame {
  /** Tokens of the cue. */
  readonly cue: Range;
  readonly act: StatementAct;
  readonly hit: CueHit | null;
  /** The speaking phrase; null when it is left out or goes on from before. */
  readonly party: Party | null;
  /** The speaker is the one before: a coordinated verb, a participle, a dropped subject. */
  readonly goesOn: boolean;
  readonly negated: boolean;
  /** Where the content begins; its end is settled when the unit is known. */
  readonly contentFrom: number;
  /** Where it must end at the latest; for content before the cue, where it ends. */
  readonly contentTo: number;
  /** Content that stands before the cue (an attribution behind it). */
  readonly before: boolean;
  /** Only quotations are content (a stretch between verb and quotation is not said). */
  readonly quotesOnly: boolean;
  /** What goes on behind the cue: "If it is so, the officer said, the question …". */
  readonly rest?: Range;
  /** Stands inside what somebody else says; it opens nothing and nobody goes on from it. */
  readonly nested?: boolean;
}

/** What the unit has so far, for deciding whether a verb is inside something said. */
export interface UnitState {
  readonly unit: Range;
  readonly frames: readonly Frame[];
  /** Content of the last frame is open from here; -1 when nothing is open. */
  readonly open: number;
}
