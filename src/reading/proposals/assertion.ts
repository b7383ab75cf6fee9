/** One assertion about a proposal: how it stands, who says so, and what is known there of proposer and subject. */
import type { Span, StandingValue } from '../model.ts';
import type { Topic } from './topic.ts';

/** Proposals of different families are never taken for one. */
export type Family = 'offer' | 'pledge' | 'call' | 'right';

export interface Assertion {
  readonly value: StandingValue;
  readonly by: string;
  /** The words that state the standing. */
  readonly span: Span;
  readonly family: Family;
  /** Who proposes: the words of the text, and a key by which two forms of one party meet. */
  readonly proposer: Named | null;
  readonly to: readonly Named[];
  /** The words of what is proposed; null when only the standing is told. */
  readonly action: Span | null;
  readonly topic: Topic;
  /** Token where it stands. */
  readonly at: number;
  /** Names a proposal to hang on ("this offer"), or only tells of receiving nothing. */
  readonly needsOther: boolean;
}

export interface Named {
  readonly text: string;
  readonly key: string;
}
