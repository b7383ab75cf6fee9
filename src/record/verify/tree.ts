/** RFC 6962 / RFC 9162 hashing: a leaf and a pair of subtrees are hashed apart, so that neither can pose as the other. */
import { concat } from './bytes.ts';
import type { Crypto } from './crypto.ts';

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

export const hashLeaf = (crypto: Crypto, leaf: Uint8Array): Uint8Array => crypto.sha256(concat(LEAF_PREFIX, leaf));

export const hashNode = (crypto: Crypto, left: Uint8Array, right: Uint8Array): Uint8Array =>
  crypto.sha256(concat(NODE_PREFIX, left, right));

/** The root of the empty tree. */
export const emptyRoot = (crypto: Crypto): Uint8Array => crypto.sha256(new Uint8Array(0));
