/** What the house and its workshop say to each other. */
import type { Kind } from './kind.ts';

export interface Task {
  readonly number: number;
  /** Bytes of the file, which come through the pipe before the task's answer. */
  readonly size: number;
  /** SHA-256 that the file must have. */
  readonly sha256: string;
  /** age recipients to whom the original is sealed. */
  readonly recipients: readonly string[];
  /** Folder of the sealed originals. */
  readonly folder: string;
  readonly maxPixels: number;
}

export type Refusal = 'other-bytes' | 'unknown-kind' | 'too-many-pixels' | 'unreadable';

export interface Done {
  readonly kind: Kind;
  readonly size: number;
  /** Name of the sealed original: SHA-256 of the age file. */
  readonly original: string;
  readonly view: {
    readonly bytes: Uint8Array;
    readonly sha256: string;
    readonly width: number;
    readonly height: number;
  } | null;
}

export type Answer = { readonly number: number } & (
  | { readonly done: Done }
  | { readonly refused: Refusal }
  | { readonly failed: string }
);
