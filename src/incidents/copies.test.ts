import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../test/support/needs.ts';
import { type CopySource, copyProfile, sameOrigin } from './copies.ts';
import { creditName, ownerOf } from './owners.ts';

interface Pair {
  readonly half: 'tune' | 'held';
  readonly copy: boolean;
  readonly a: Omit<CopySource, 'published'> & { readonly published: string };
  readonly b: Omit<CopySource, 'published'> & { readonly published: string };
}

const pairs: Pair[] = readFileSync(inRepository('src/incidents/fixtures/copies.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

function judge({ a, b }: Pair): boolean {
  const names = new Map([a.source, b.source].map((source) => [creditName(source), ownerOf(source)]));
  const profile = (one: Pair['a']) =>
    copyProfile({ ...one, published: Date.parse(one.published) }, (name) => names.get(name));
  return sameOrigin(profile(a), profile(b)) !== null;
}

describe('copies on the labelled pairs', () => {
  it('are three hundred pairs, half of them held back', () => {
    expect(pairs).toHaveLength(300);
    expect(pairs.filter(({ half }) => half === 'held')).toHaveLength(150);
  });

  it.each(['tune', 'held'] as const)('are found with few errors in the %s half', (half) => {
    const judged = pairs.filter((pair) => pair.half === half).map((pair) => ({ ...pair, said: judge(pair) }));
    const right = judged.filter(({ copy, said }) => copy && said).length;
    expect(right / judged.filter(({ said }) => said).length).toBeGreaterThanOrEqual(0.98);
    expect(right / judged.filter(({ copy }) => copy).length).toBeGreaterThanOrEqual(0.9);
  });
});
