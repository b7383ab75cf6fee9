/** The JSON of the desk: who is signed in, the people of an organisation, and what waits for two persons. Types only. */
import type { Instant } from '../../core/index.ts';

/** GET /api/session */
export interface ApiSession {
  /** The role switcher of the demo is offered here. */
  readonly demo: boolean;
  readonly oidc: readonly { readonly id: string; readonly name: string }[];
  readonly signedIn: {
    readonly id: string;
    readonly name: string;
    readonly organisation: string;
    readonly roles: readonly string[];
    /** Actions of the matrix. */
    readonly may: readonly string[];
    readonly csrf: string;
  } | null;
}

/** POST /api/join/read */
export interface ApiInvitation {
  readonly organisation: string | null;
  readonly name: string | null;
  readonly roles: readonly string[];
  readonly recovers: boolean;
  readonly expiresAt: Instant;
}

export interface ApiOpenSession {
  readonly id: string;
  readonly current: boolean;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
}

/** GET /api/passkeys */
export interface ApiPasskeys {
  readonly rpId: string;
  readonly agreement: string;
  readonly items: readonly {
    readonly id: string;
    readonly thumbprint: string;
    readonly createdAt: Instant;
    readonly usedAt: Instant | null;
  }[];
}

export interface ApiPerson {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly createdAt: Instant;
  readonly removedAt: Instant | null;
}

/** GET /api/people */
export interface ApiPeople {
  readonly organisation: string;
  readonly people: readonly ApiPerson[];
  readonly invitations: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly roles: readonly string[];
    readonly recovers: boolean;
    readonly madeAt: Instant;
    readonly expiresAt: Instant;
  }[];
  readonly recoveries: readonly {
    readonly account: string;
    readonly name: string;
    readonly organisation: string;
    readonly mine: boolean;
    readonly askedAt: Instant;
  }[];
}

/** A one-time link, shown once. */
export interface ApiLink {
  readonly id: string;
  readonly path: string;
  readonly expiresAt: Instant;
}

export type ApiProposalState = 'open' | 'done' | 'overtaken' | 'withdrawn';

/** GET /api/approvals */
export interface ApiProposalLine {
  readonly id: string;
  readonly act: string;
  readonly object: string;
  readonly sha256: string;
  readonly organisation: string | null;
  readonly proposedAt: Instant;
  readonly settledAt: Instant | null;
  readonly state: ApiProposalState;
  readonly mine: boolean;
  readonly approved: boolean;
  readonly approvals: readonly { readonly organisation: string; readonly role: string }[];
  readonly missing: number;
  readonly missingChairs: readonly string[];
  readonly silent: readonly string[];
}

/** GET /api/approvals/ID */
export interface ApiProposal {
  readonly state: ApiProposalState;
  readonly silent: readonly string[];
  readonly organisation: string | null;
  readonly mine: boolean;
  readonly approved: boolean;
  readonly proposal: {
    readonly id: string;
    readonly act: string;
    readonly object: string;
    readonly sha256: string;
    /** UTC milliseconds. */
    readonly proposedAt: number;
  };
  readonly text: string;
  readonly approvals: readonly {
    readonly person: string;
    readonly organisation: string;
    readonly role: string;
    readonly at: number;
    readonly signature: string | null;
    readonly assertion: object | null;
  }[];
  readonly settledAt: number | null;
  /** What a passkey signs; null for a role that does not approve. */
  readonly toSign: string | null;
}
