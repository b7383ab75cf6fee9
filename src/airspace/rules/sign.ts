/** Making and signing rule sets: each side signs the same bytes with its own Ed25519 key, at home. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { Problem } from '../../core/index.ts';
import { INVALID_RULES } from '../problems.ts';
import type { RuleSet } from './model.ts';
import { parseUnsigned, signedText } from './parse.ts';

/** A party's key pair: the private key as PEM, the public one as a rule set carries it. */
export function newPartyKey(): { readonly privateKey: string; readonly publicKey: string } {
  const pair = generateKeyPairSync('ed25519');
  return {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
}

/** The rule set with one more signature. The key must be the one the set names for that party. */
export function signRules(text: string, file: string, party: string, privateKey: string): RuleSet {
  const rules = parseUnsigned(text, file);
  const key = createPrivateKey(privateKey);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  if (rules.parties.find((one) => one.id === party)?.publicKey !== publicKey) {
    throw new Problem(INVALID_RULES, `this key is not the one the set names for ${party}`, { where: file });
  }
  const signature = sign(null, signedText(rules), key).toString('base64');
  return { ...rules, signatures: [...rules.signatures.filter((one) => one.party !== party), { party, signature }] };
}
