import { describe, expect, it } from 'vitest';
import { veilOf } from './veil.ts';

const voice = (report: string, source: string, origin: string, sealed: boolean) => ({ report, source, origin, sealed });

describe('the veil over sealed voices', () => {
  const veil = veilOf([
    voice('1', 'Agency', 'Agency', false),
    voice('2', 'hotline caller 17', 'hotline caller 17', true),
    voice('3', 'field monitor', 'hotline caller 17', true),
    voice('4', 'other monitor', 'Agency', true),
  ]);

  it('keeps names that a public report carries', () => {
    expect([veil.origin('Agency'), veil.source('1')]).toEqual(['Agency', 'Agency']);
  });

  it('numbers the others, the same voice always alike', () => {
    expect(veil.origin('hotline caller 17')).toBe('sealed:1');
    expect(veil.source('2')).toBe('sealed:1');
    expect(veil.source('3')).toBe('sealed:2');
    expect(veil.source('4')).toBe('sealed:3');
  });
});
