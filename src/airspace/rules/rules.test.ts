import { describe, expect, it } from 'vitest';
import { EXAMPLE_RULES } from './example.ts';
import { minimaBetween } from './model.ts';
import { parseRuleSet } from './parse.ts';
import { newPartyKey, signRules } from './sign.ts';

const [a, b] = [newPartyKey(), newPartyKey()];
const draft = {
  ...EXAMPLE_RULES,
  name: 'A set for the test',
  example: false,
  parties: [
    { id: 'alpha', name: 'Alpha', publicKey: a.publicKey },
    { id: 'bravo', name: 'Bravo', publicKey: b.publicKey },
  ],
};
const signedByBoth = (): string => {
  const once = JSON.stringify(signRules(JSON.stringify(draft), 'x', 'alpha', a.privateKey));
  return JSON.stringify(signRules(once, 'x', 'bravo', b.privateKey));
};

describe('a rule set', () => {
  it('holds when both sides signed it', () => {
    expect(parseRuleSet(signedByBoth(), 'x').name).toBe('A set for the test');
  });

  it('is refused when one did not, when a letter changed, and when it is the example', () => {
    const once = JSON.stringify(signRules(JSON.stringify(draft), 'x', 'alpha', a.privateKey));
    expect(() => parseRuleSet(once, 'x')).toThrow(/not signed by bravo/);
    expect(() => parseRuleSet(signedByBoth().replace('9260', '9261'), 'x')).toThrow(/not signed by alpha/);
    expect(() => parseRuleSet(JSON.stringify(EXAMPLE_RULES), 'x')).toThrow(/example/);
    expect(() => signRules(JSON.stringify(draft), 'x', 'bravo', a.privateKey)).toThrow(/not the one/);
    expect(() => parseRuleSet(signedByBoth().replace('"rules":1', '"rules":2'), 'x')).toThrow(/rules/);
    expect(() =>
      parseRuleSet(JSON.stringify({ ...draft, minima: [{ ...draft.minima[0], timeSeconds: 0 }] }), 'x'),
    ).toThrow(/timeSeconds/);
  });

  it('takes the largest minima for a pair of classes that it does not name', () => {
    expect(minimaBetween(EXAMPLE_RULES, 'tanker_track', 'tanker_track')).toEqual({
      horizontalMetres: 18_520,
      verticalMetres: 600,
      timeSeconds: 600,
    });
    expect(minimaBetween(EXAMPLE_RULES, 'unmanned', 'manned').verticalMetres).toBe(600);
  });
});
